package dev.sluice.otlp.edit;

import dev.sluice.otlp.view.MetricView;
import dev.sluice.otlp.view.PointView;
import dev.sluice.otlp.view.ResourceView;
import dev.sluice.otlp.view.ScopeView;

/** What to do with a data point. The views are valid during the call only. */
@FunctionalInterface
public interface PointRule {
    /** Whether the data point stays; what {@code patch} holds then is changed in it. Leave {@code metric.points()} alone. */
    boolean keep(PointView point, MetricView metric, ResourceView resource, ScopeView scope, Patch patch);
}
