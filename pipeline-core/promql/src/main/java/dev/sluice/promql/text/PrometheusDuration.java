package dev.sluice.promql.text;

import dev.sluice.gotext.GoString;
import java.math.BigInteger;

/**
 * Durations as Prometheus writes them ({@code 1h30m}), in nanoseconds. Source: prometheus/common model.Duration; years have 365 days, weeks 7, days 24
 * hours.
 */
public final class PrometheusDuration {
    public static final long MILLISECOND = 1_000_000L;
    public static final long SECOND = 1000 * MILLISECOND;

    private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};
    private static final long[] MILLIS = {
        365 * 86_400_000L, 7 * 86_400_000L, 86_400_000L, 3_600_000L, 60_000L, 1000L, 1L
    };

    private PrometheusDuration() {}

    /** Why a text is no duration; the message is Prometheus' own. */
    public static final class DurationException extends Exception {
        DurationException(String message) {
            super(message);
        }
    }

    /** Reads a duration without sign whose units fall, such as {@code 1d12h}; {@code 0} needs no unit. */
    public static long parse(String text) throws DurationException {
        if (text.equals("0")) {
            return 0;
        }
        if (text.isEmpty()) {
            throw new DurationException("empty duration string");
        }
        BigInteger sum = BigInteger.ZERO;
        int last = -1;
        int at = 0;
        while (at < text.length()) {
            int digits = at;
            while (at < text.length() && digit(text.charAt(at))) {
                at++;
            }
            int unitStart = at;
            while (at < text.length() && !digit(text.charAt(at))) {
                at++;
            }
            if (digits == unitStart || unitStart == at || unitStart - digits > 19) {
                throw invalid(text);
            }
            int unit = unit(text.substring(unitStart, at), text);
            if (unit <= last) {
                throw invalid(text);
            }
            last = unit;
            sum = sum.add(new BigInteger(text.substring(digits, unitStart))
                    .multiply(BigInteger.valueOf(MILLIS[unit] * MILLISECOND)));
            if (sum.bitLength() > 63) {
                throw new DurationException("duration out of range");
            }
        }
        return sum.longValueExact();
    }

    /** Whole milliseconds in falling units; years and weeks only where nothing would remain. */
    public static String text(long nanos) {
        long rest = nanos / MILLISECOND;
        if (rest == 0) {
            return "0s";
        }
        StringBuilder out = new StringBuilder();
        if (rest < 0) {
            out.append('-');
            rest = -rest;
        }
        for (int i = 0; i < UNITS.length; i++) {
            if (i < 2 && rest % MILLIS[i] != 0) {
                continue;
            }
            long count = rest / MILLIS[i];
            if (count > 0) {
                out.append(count).append(UNITS[i]);
                rest -= count * MILLIS[i];
            }
        }
        return out.toString();
    }

    private static int unit(String name, String text) throws DurationException {
        for (int i = 0; i < UNITS.length; i++) {
            if (UNITS[i].equals(name)) {
                return i;
            }
        }
        throw new DurationException("unknown unit " + GoString.quote(name) + " in duration " + GoString.quote(text));
    }

    private static DurationException invalid(String text) {
        return new DurationException("not a valid duration string: " + GoString.quote(text));
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
