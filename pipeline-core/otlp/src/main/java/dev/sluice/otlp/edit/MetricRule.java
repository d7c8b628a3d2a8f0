package dev.sluice.otlp.edit;

import dev.sluice.otlp.view.MetricView;
import dev.sluice.otlp.view.ResourceView;
import dev.sluice.otlp.view.ScopeView;

/** What to do with a metric. The views are valid during the call only. */
@FunctionalInterface
public interface MetricRule {
    /** Whether the metric stays; what {@code patch} holds then is changed in it. */
    boolean keep(MetricView metric, ResourceView resource, ScopeView scope, Patch patch);
}
