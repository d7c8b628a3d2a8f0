package dev.sluice.promql.syntax;

import java.util.List;

/**
 * A function's signature.
 *
 * @param arguments the types of the arguments; the last is also that of further ones
 * @param variadic how many arguments more than all but the last there may be; 0: exactly those listed, -1: any number
 * @param experimental whether it has to be allowed
 */
public record Function(String name, List<ValueType> arguments, int variadic, ValueType returns, boolean experimental) {
    /** Whether the value depends on the time of evaluation although the arguments do not. */
    public boolean dependsOnTime() {
        return switch (name) {
            case "days_in_month",
                    "day_of_month",
                    "day_of_week",
                    "day_of_year",
                    "end",
                    "hour",
                    "minute",
                    "month",
                    "year",
                    "predict_linear",
                    "range",
                    "start",
                    "step",
                    "time",
                    "timestamp" -> true;
            default -> false;
        };
    }
}
