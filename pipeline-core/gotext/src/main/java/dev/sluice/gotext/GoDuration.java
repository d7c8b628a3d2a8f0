package dev.sluice.gotext;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go's {@code time.ParseDuration} reads and {@code Duration.String} write them. */
public final class GoDuration {
    private static final Pattern TERM = Pattern.compile("([0-9]*)(?:(\\.)([0-9]*))?([^0-9.]*)");
    private static final BigDecimal GREATEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private static final long NANOS = 1_000_000_000L;

    private GoDuration() {}

    /** Throws {@link IllegalArgumentException} with Go's text, less the value, as the Collector prints it. */
    public static Duration parse(String text) {
        boolean negative = text.startsWith("-");
        String body = negative || text.startsWith("+") ? text.substring(1) : text;
        if (body.equals("0")) {
            return Duration.ZERO;
        }
        if (body.isEmpty()) {
            throw new IllegalArgumentException("time: invalid duration");
        }
        BigDecimal nanos = BigDecimal.ZERO;
        Matcher matcher = TERM.matcher(body);
        int at = 0;
        while (at < body.length()) {
            String fraction = matcher.find(at) && matcher.group(3) != null ? matcher.group(3) : "";
            if (matcher.start() != at || (matcher.group(1).isEmpty() && fraction.isEmpty())) {
                throw new IllegalArgumentException("time: invalid duration");
            }
            if (matcher.group(4).isEmpty()) {
                throw new IllegalArgumentException("time: missing unit in duration");
            }
            String digits =
                    (matcher.group(1).isEmpty() ? "0" : matcher.group(1)) + "." + (fraction.isEmpty() ? "0" : fraction);
            nanos = nanos.add(new BigDecimal(digits).multiply(BigDecimal.valueOf(unit(matcher.group(4)))));
            at = matcher.end();
        }
        if (nanos.compareTo(GREATEST) > 0) {
            throw new IllegalArgumentException("time: invalid duration");
        }
        long value = nanos.longValue();
        return Duration.ofNanos(negative ? -value : value);
    }

    /** As {@code Duration.String} has it: {@code 1h0m2.5s}, {@code 350ms}, {@code 0s}. */
    public static String string(Duration duration) {
        return text(duration, true);
    }

    /** The way a user would write it, without parts that are nothing: {@code 1h30m}, {@code 5s}, {@code 1.5s}, {@code 200ms}, {@code 0s}. */
    public static String format(Duration duration) {
        return text(duration, false);
    }

    private static String text(Duration duration, boolean allParts) {
        if (duration.isZero()) {
            return "0s";
        }
        StringBuilder text = new StringBuilder(duration.isNegative() ? "-" : "");
        Duration size = duration.abs();
        if (size.toSeconds() == 0) {
            return text.append(belowOneSecond(size.toNanosPart())).toString();
        }
        long hours = size.toHours();
        if (hours > 0) {
            text.append(hours).append('h');
        }
        int minutes = size.toMinutesPart();
        if (minutes > 0 || (allParts && hours > 0)) {
            text.append(minutes).append('m');
        }
        long nanos = size.toSecondsPart() * NANOS + size.toNanosPart();
        if (nanos > 0 || allParts) {
            text.append(decimal(nanos, 9)).append('s');
        }
        return text.toString();
    }

    private static String belowOneSecond(long nanos) {
        if (nanos < 1_000) {
            return nanos + "ns";
        }
        return nanos < 1_000_000 ? decimal(nanos, 3) + "µs" : decimal(nanos, 6) + "ms";
    }

    private static String decimal(long value, int scale) {
        BigDecimal decimal = BigDecimal.valueOf(value, scale).stripTrailingZeros();
        return decimal.toPlainString();
    }

    private static long unit(String name) {
        return switch (name) {
            case "ns" -> 1L;
            case "us", "µs", "μs" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> throw new IllegalArgumentException("time: unknown unit");
        };
    }
}
