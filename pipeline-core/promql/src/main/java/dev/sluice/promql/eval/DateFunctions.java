package dev.sluice.promql.eval;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The functions of a time, given in seconds since 1970, in UTC. */
final class DateFunctions {
    private DateFunctions() {}

    static @Nullable DoubleUnaryOperator find(String name) {
        return switch (name) {
            case "minute" -> of(LocalDateTime::getMinute);
            case "hour" -> of(LocalDateTime::getHour);
            case "day_of_week" -> of(t -> t.getDayOfWeek().getValue() % 7);
            case "day_of_month" -> of(LocalDateTime::getDayOfMonth);
            case "day_of_year" -> of(LocalDateTime::getDayOfYear);
            case "days_in_month" -> of(t -> YearMonth.from(t).lengthOfMonth());
            case "month" -> of(LocalDateTime::getMonthValue);
            case "year" -> of(LocalDateTime::getYear);
            default -> null;
        };
    }

    private static DoubleUnaryOperator of(ToIntFunction<LocalDateTime> part) {
        return seconds -> {
            long whole = Math.clamp((long) seconds, Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond());
            return part.applyAsInt(LocalDateTime.ofEpochSecond(whole, 0, ZoneOffset.UTC));
        };
    }
}
