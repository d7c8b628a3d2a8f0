package dev.sluice.promql.eval;

import org.jspecify.annotations.Nullable;

/** A function over the range of one series; it gives its result, if any, to the call. */
@FunctionalInterface
interface RangeFunction {
    void apply(Window window, RangeCall call);

    /** The function of that name, or {@code null}. */
    static @Nullable RangeFunction find(String name) {
        return switch (name) {
            case "rate" -> new Rate(true, true);
            case "increase" -> new Rate(true, false);
            case "delta" -> new Rate(false, false);
            case "irate" -> new InstantRate(true);
            case "idelta" -> new InstantRate(false);
            case "resets" -> new Changes(true);
            case "changes" -> new Changes(false);
            case "deriv" -> Regression::slope;
            case "predict_linear" -> Regression::prediction;
            case "double_exponential_smoothing" -> Smoothing::apply;
            case "integral" -> Integral::apply;
            default -> OverTime.find(name);
        };
    }
}
