package dev.sluice.slo.spec;

import dev.sluice.api.Provisioner.BurnWindows;
import dev.sluice.api.Provisioner.Objective;
import dev.sluice.gotext.GoFloat;
import dev.sluice.promql.text.PrometheusDuration;
import dev.sluice.promql.text.PrometheusDuration.DurationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The series that tells of an objective, by Sloth's name and with its labels. Where budgets burn otherwise than in the workbook, which nobody could
 * tell from Sloth's own labels, one more says how.
 */
public final class SlothInfo {
    public static final String NAME = "sloth_slo_info";

    static final String ID = "sloth_id";
    static final String SERVICE = "sloth_service";
    static final String SLO = "sloth_slo";

    /** As in {@code 5m/1h 2% page, 30m/6h 5% page}. */
    private static final String RATES = "sluice_burn_rates";

    private static final Pattern RATE =
            Pattern.compile("(\\w{1,20})/(\\w{1,20}) ([0-9.e+-]{1,20})% ([^,]{1,100})(?:, )?");
    private static final int MOST_RATES = 32;

    private SlothInfo() {}

    /** The labels that only this series of an objective has. */
    static Map<String, String> labels(Slo slo) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("sloth_mode", "sluice");
        labels.put("sloth_spec", slo.format());
        labels.put("sloth_version", "sluice");
        labels.put("sloth_objective", GoFloat.plain(slo.objective()));
        Windows windows = slo.windows();
        if (!windows.equals(AlertWindows.workbook(windows.period()).windows())) {
            labels.put(RATES, rates(windows));
        }
        return labels;
    }

    private static String rates(Windows windows) {
        return windows.rates().stream()
                .map(rate -> "%s/%s %s%% %s"
                        .formatted(
                                Windows.text(rate.shortWindow()),
                                Windows.text(rate.longWindow()),
                                GoFloat.g(rate.percent(windows.period()), 6),
                                rate.severity()))
                .collect(Collectors.joining(", "));
    }

    /**
     * The objective that a series of this name tells of. Pure; labels may be anybody's.
     *
     * @param label gives the value of a label, empty if there is none
     */
    public static Objective objective(UnaryOperator<String> label) {
        List<BurnWindows> rates = rates(label.apply(RATES));
        return new Objective(
                label.apply(ID), label.apply(SERVICE), label.apply(SLO), rates.isEmpty() ? workbook() : rates);
    }

    private static List<BurnWindows> rates(String text) {
        List<BurnWindows> rates = new ArrayList<>();
        Matcher matcher = RATE.matcher(text);
        while (rates.size() < MOST_RATES && matcher.find()) {
            Double percent = GoFloat.parse(matcher.group(3));
            try {
                if (percent != null) {
                    rates.add(new BurnWindows(
                            matcher.group(4), window(matcher.group(1)), window(matcher.group(2)), percent));
                }
            } catch (DurationException e) {
                // A label that somebody else has made: what cannot be read is not shown.
            }
        }
        return rates;
    }

    private static Duration window(String text) throws DurationException {
        return Duration.ofNanos(PrometheusDuration.parse(text));
    }

    /** Shares of a budget are the same for every period. */
    private static List<BurnWindows> workbook() {
        Windows windows = AlertWindows.workbook(SloPeriods.WORKBOOK.usual()).windows();
        return windows.rates().stream()
                .map(rate -> new BurnWindows(
                        rate.severity(), rate.shortWindow(), rate.longWindow(), rate.percent(windows.period())))
                .toList();
    }
}
