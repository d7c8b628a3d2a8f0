package dev.sluice.promql.template;

import dev.sluice.gotext.GoFloat;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Numbers for people. */
final class Humanize {
    private static final String[] LARGE = {"k", "M", "G", "T", "P", "E", "Z", "Y"};
    private static final String[] BINARY = {"ki", "Mi", "Gi", "Ti", "Pi", "Ei", "Zi", "Yi"};
    private static final String[] SMALL = {"m", "u", "n", "p", "f", "a", "z", "y"};
    private static final int DIGITS = 4;
    private static final int THOUSAND = 1000;
    private static final int KIBI = 1024;
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;
    private static final int DAY = 86_400;

    private Humanize() {}

    static String decimal(@Nullable Object value) {
        double number = Values.number(value);
        if (number == 0 || !Double.isFinite(number)) {
            return short4(number);
        }
        return Math.abs(number) >= 1 ? divided(number, THOUSAND, LARGE) : multiplied(number);
    }

    static String binary(@Nullable Object value) {
        double number = Values.number(value);
        return Math.abs(number) <= 1 || !Double.isFinite(number) ? short4(number) : divided(number, KIBI, BINARY);
    }

    static String percentage(@Nullable Object value) {
        return short4(Values.number(value) * 100) + "%";
    }

    static String duration(@Nullable Object value) {
        double number = Values.number(value);
        if (!Double.isFinite(number)) {
            return short4(number);
        }
        if (number == 0) {
            return short4(number) + "s";
        }
        if (Math.abs(number) < 1) {
            return multiplied(number) + "s";
        }
        String sign = number < 0 ? "-" : "";
        double abs = Math.abs(number);
        long whole = (long) abs;
        if (whole < MINUTE) {
            return sign + short4(abs) + "s";
        }
        String text = whole / MINUTE % MINUTE + "m " + whole % MINUTE + "s";
        if (whole >= HOUR) {
            text = whole / HOUR % 24 + "h " + text;
        }
        return sign + (whole >= DAY ? whole / DAY + "d " : "") + text;
    }

    static String timestamp(@Nullable Object value) {
        double number = Values.number(value);
        return Double.isFinite(number) ? Values.text(time(number)) : short4(number);
    }

    /** Seconds since 1970 as a time, in whole milliseconds. */
    static Instant time(@Nullable Object value) {
        double number = Values.number(value);
        if (!Double.isFinite(number)) {
            throw new TemplateException("value is NaN or Inf");
        }
        double nanos = number * 1e9;
        if (nanos > Long.MAX_VALUE || nanos < Long.MIN_VALUE) {
            throw new TemplateException(
                    GoFloat.g(number) + " cannot be represented as a nanoseconds timestamp since it overflows int64");
        }
        return Instant.ofEpochMilli((long) nanos / 1_000_000);
    }

    private static String divided(double number, int factor, String[] prefixes) {
        double rest = number;
        String prefix = "";
        for (String p : prefixes) {
            if (Math.abs(rest) < factor) {
                break;
            }
            prefix = p;
            rest /= factor;
        }
        return short4(rest) + prefix;
    }

    private static String multiplied(double number) {
        double rest = number;
        String prefix = "";
        for (String p : SMALL) {
            if (Math.abs(rest) >= 1) {
                break;
            }
            prefix = p;
            rest *= THOUSAND;
        }
        return short4(rest) + prefix;
    }

    private static String short4(double number) {
        return GoFloat.g(number, DIGITS);
    }
}
