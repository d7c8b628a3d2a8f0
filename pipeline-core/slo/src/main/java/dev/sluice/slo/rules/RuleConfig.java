package dev.sluice.slo.rules;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Key;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of {@code rules}, as in a rule file. Durations are Prometheus' own, such as {@code 1d}. */
public record RuleConfig(
        @Doc("The metric that the result becomes.") @Nullable
        String record,

        @Doc("The alert that each element of the result becomes.") @Nullable
        String alert,

        @Doc("The expression, in PromQL.") @Nullable String expr,

        @Doc("So long the condition must hold before the alert fires.") @Key("for") @Nullable
        String holdFor,

        @Doc("So long the alert goes on firing when the condition no longer holds.") @Nullable
        String keepFiringFor,

        @Doc("Labels that are set on the result; of an alert, templates.")
        Map<String, String> labels,

        @Doc("What is told with the alert; templates.") Map<String, String> annotations)
        implements Config {
    public static final RuleConfig DEFAULT = new RuleConfig(null, null, null, null, null, Map.of(), Map.of());

    public RuleConfig {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }
}
