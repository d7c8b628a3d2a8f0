package dev.sluice.promql.syntax;

import static dev.sluice.promql.syntax.ValueType.MATRIX;
import static dev.sluice.promql.syntax.ValueType.SCALAR;
import static dev.sluice.promql.syntax.ValueType.STRING;
import static dev.sluice.promql.syntax.ValueType.VECTOR;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions of PromQL. Source: prometheus promql/parser/functions.go of 3.16. */
public final class Functions {
    private static final Map<String, Function> ALL = new LinkedHashMap<>();

    private Functions() {}

    /** The function of that name, or {@code null}. */
    public static @Nullable Function find(String name) {
        return ALL.get(name);
    }

    static {
        for (String name : ("abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_avg "
                        + "histogram_count histogram_sum histogram_stddev histogram_stdvar ln log10 log2 rad sgn sin sinh "
                        + "sort sort_desc sqrt tan tanh timestamp")
                .split(" ", -1)) {
            stable(name, VECTOR, VECTOR);
        }
        for (String name : ("absent_over_time avg_over_time changes count_over_time delta deriv first_over_time idelta "
                        + "increase irate last_over_time max_over_time min_over_time present_over_time rate resets "
                        + "stddev_over_time stdvar_over_time sum_over_time")
                .split(" ", -1)) {
            stable(name, VECTOR, MATRIX);
        }
        for (String name :
                "mad_over_time ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time"
                        .split(" ", -1)) {
            experimental(name, 0, VECTOR, MATRIX);
        }
        for (String name : "days_in_month day_of_month day_of_week day_of_year hour minute month year".split(" ", -1)) {
            put(name, 1, false, VECTOR, VECTOR);
        }
        for (String name : "start end range step".split(" ", -1)) {
            experimental(name, 0, SCALAR);
        }
        stable("pi", SCALAR);
        stable("time", SCALAR);
        stable("scalar", SCALAR, VECTOR);
        stable("vector", VECTOR, SCALAR);
        stable("clamp", VECTOR, VECTOR, SCALAR, SCALAR);
        stable("clamp_max", VECTOR, VECTOR, SCALAR);
        stable("clamp_min", VECTOR, VECTOR, SCALAR);
        put("round", 1, false, VECTOR, VECTOR, SCALAR);
        stable("histogram_fraction", VECTOR, SCALAR, SCALAR, VECTOR);
        stable("histogram_quantile", VECTOR, SCALAR, VECTOR);
        experimental("histogram_quantiles", 9, VECTOR, VECTOR, STRING, SCALAR, SCALAR);
        stable("quantile_over_time", VECTOR, SCALAR, MATRIX);
        stable("predict_linear", VECTOR, MATRIX, SCALAR);
        experimental("double_exponential_smoothing", 0, VECTOR, MATRIX, SCALAR, SCALAR);
        experimental("integral", 1, VECTOR, MATRIX, SCALAR);
        experimental("max_of", 0, SCALAR, SCALAR, SCALAR);
        experimental("min_of", 0, SCALAR, SCALAR, SCALAR);
        stable("label_replace", VECTOR, VECTOR, STRING, STRING, STRING, STRING);
        put("label_join", -1, false, VECTOR, VECTOR, STRING, STRING, STRING);
        experimental("sort_by_label", -1, VECTOR, VECTOR, STRING);
        experimental("sort_by_label_desc", -1, VECTOR, VECTOR, STRING);
        experimental("info", 1, VECTOR, VECTOR, VECTOR);
        experimental("start_timestamp", 0, VECTOR, VECTOR);
    }

    private static void stable(String name, ValueType returns, ValueType... arguments) {
        put(name, 0, false, returns, arguments);
    }

    private static void experimental(String name, int variadic, ValueType returns, ValueType... arguments) {
        put(name, variadic, true, returns, arguments);
    }

    private static void put(
            String name, int variadic, boolean experimental, ValueType returns, ValueType... arguments) {
        ALL.put(name, new Function(name, List.of(arguments), variadic, returns, experimental));
    }
}
