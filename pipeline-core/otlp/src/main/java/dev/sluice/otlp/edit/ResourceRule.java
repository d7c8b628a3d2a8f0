package dev.sluice.otlp.edit;

import dev.sluice.otlp.view.ResourceView;

/** What to do with a resource and all that belongs to it. The view is valid during the call only. */
@FunctionalInterface
public interface ResourceRule {
    /** Whether the resource and its items stay; what {@code patch} holds is changed in the Resource message, made if there is none. */
    boolean keep(ResourceView resource, Patch patch);
}
