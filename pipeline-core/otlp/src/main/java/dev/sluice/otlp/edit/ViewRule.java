package dev.sluice.otlp.edit;

import dev.sluice.otlp.view.MessageView;
import dev.sluice.otlp.view.ResourceView;
import dev.sluice.otlp.view.ScopeView;

/** What to do with a span, a log record or a metric. The views are valid during the call only. */
@FunctionalInterface
public interface ViewRule<V extends MessageView> {
    /** Whether the item stays; what {@code patch} holds then is changed in it. */
    boolean keep(V item, ResourceView resource, ScopeView scope, Patch patch);
}
