package dev.sluice.otlp.edit;

import dev.sluice.otlp.view.ResourceView;
import dev.sluice.otlp.view.ScopeView;
import dev.sluice.otlp.view.SpanView;

/** What to do with a span. The views are valid during the call only. */
@FunctionalInterface
public interface SpanRule {
    /** Whether the span stays; what {@code patch} holds then is changed in it. */
    boolean keep(SpanView span, ResourceView resource, ScopeView scope, Patch patch);
}
