package dev.sluice.otlp.text;

import dev.sluice.otlp.view.AnyValueView;
import dev.sluice.otlp.view.MetricView;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** What the Collector calls the values of enums and kinds, and how it prints a time. An unknown number has no name. */
final class Names {
    private static final String[] SPAN_KINDS = {"Unspecified", "Internal", "Server", "Client", "Producer", "Consumer"};
    private static final String[] STATUS_CODES = {"Unset", "Ok", "Error"};
    private static final String[] TEMPORALITIES = {"Unspecified", "Delta", "Cumulative"};
    private static final String[] SEVERITIES = {"Trace", "Debug", "Info", "Warn", "Error", "Fatal"};
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private Names() {}

    static String spanKind(int number) {
        return name(SPAN_KINDS, number);
    }

    static String statusCode(int number) {
        return name(STATUS_CODES, number);
    }

    static String temporality(int number) {
        return name(TEMPORALITIES, number);
    }

    static String severity(int number) {
        if (number == 0) {
            return "Unspecified";
        }
        String level = name(SEVERITIES, Math.floorDiv(number - 1, 4));
        int step = Math.floorMod(number - 1, 4);
        return level.isEmpty() || step == 0 ? level : level + (step + 1);
    }

    static String metric(MetricView.Kind kind) {
        return switch (kind) {
            case EMPTY -> "Empty";
            case GAUGE -> "Gauge";
            case SUM -> "Sum";
            case HISTOGRAM -> "Histogram";
            case EXPONENTIAL_HISTOGRAM -> "ExponentialHistogram";
            case SUMMARY -> "Summary";
        };
    }

    /** The value with its kind, as in {@code Str(GET)}. */
    static String value(AnyValueView value) {
        String kind = switch (value.kind()) {
            case EMPTY -> "Empty";
            case STRING -> "Str";
            case BOOL -> "Bool";
            case INT -> "Int";
            case DOUBLE -> "Double";
            case SLICE -> "Slice";
            case MAP -> "Map";
            case BYTES -> "Bytes";
        };
        return kind + "(" + value.text() + ")";
    }

    /** Nanoseconds since 1970 as Go's {@code time.Time.String} has them: no zeros at the end of the fraction, and no empty one. */
    static String time(long nanos) {
        long seconds = Math.floorDiv(nanos, NANOS_PER_SECOND);
        int fraction = (int) Math.floorMod(nanos, NANOS_PER_SECOND);
        StringBuilder text = new StringBuilder(
                SECONDS.format(LocalDateTime.ofInstant(Instant.ofEpochSecond(seconds), ZoneOffset.UTC)));
        if (fraction != 0) {
            text.append('.').append(String.format("%09d", fraction));
            while (text.charAt(text.length() - 1) == '0') {
                text.setLength(text.length() - 1);
            }
        }
        return text.append(" +0000 UTC").toString();
    }

    /** An id as hex, empty if it is all zeros: to Go that is no id. */
    static String id(String hex) {
        for (int i = 0; i < hex.length(); i++) {
            if (hex.charAt(i) != '0') {
                return hex;
            }
        }
        return "";
    }

    private static String name(String[] names, int number) {
        return number >= 0 && number < names.length ? names[number] : "";
    }
}
