package dev.sluice.slo.spec;

import dev.sluice.promql.text.PrometheusDuration;
import dev.sluice.promql.text.PrometheusDuration.DurationException;
import dev.sluice.yaml.Fields;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** OpenSLO's shorthand of durations: as Prometheus', and months, quarters and years, which have 30, 90 and 365 days here. */
final class OpenSloDuration {
    private static final Pattern CALENDAR = Pattern.compile("(\\d{1,4})([MQY])");

    private OpenSloDuration() {}

    /** A duration above 0; a problem, and zero, where it is none. */
    static Duration read(Fields fields, String key) {
        String text = fields.required(key);
        if (text.isBlank()) {
            return Duration.ZERO;
        }
        try {
            Duration duration = parse(text);
            if (!duration.isPositive()) {
                fields.problem(fields.mark(key), key + " must be above 0");
            }
            return duration;
        } catch (DurationException e) {
            fields.problem(fields.mark(key), String.valueOf(e.getMessage()));
            return Duration.ZERO;
        }
    }

    static Duration parse(String text) throws DurationException {
        Matcher calendar = CALENDAR.matcher(text);
        if (!calendar.matches()) {
            return Duration.ofNanos(PrometheusDuration.parse(text));
        }
        int days = switch (calendar.group(2)) {
            case "M" -> 30;
            case "Q" -> 90;
            default -> 365;
        };
        return Duration.ofDays((long) Integer.parseInt(calendar.group(1)) * days);
    }
}
