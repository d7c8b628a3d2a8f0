package dev.sluice.slo.intake;

import dev.sluice.otlp.view.MetricView;
import dev.sluice.prometheus.MetricNames;
import dev.sluice.prometheus.TranslationStrategy;
import org.jspecify.annotations.Nullable;

/** The names by which rules know metrics: those that a Prometheus gives them by default. */
public final class RuleNames {
    private static final MetricNames NAMES = new MetricNames(TranslationStrategy.UNDERSCORE_ESCAPING_WITH_SUFFIXES, "");

    private RuleNames() {}

    /** The name, without what series of histograms have behind it; null if Prometheus has none for it, so that no rule can name it. */
    public static @Nullable String of(MetricView metric) {
        return of(metric, metric.name());
    }

    /** @param otlpName another name for the metric */
    static @Nullable String of(MetricView metric, String otlpName) {
        try {
            return NAMES.name(otlpName, metric.unit(), MetricNames.Kind.of(metric));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
