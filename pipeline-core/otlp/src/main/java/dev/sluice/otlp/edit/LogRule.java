package dev.sluice.otlp.edit;

import dev.sluice.otlp.view.LogRecordView;
import dev.sluice.otlp.view.ResourceView;
import dev.sluice.otlp.view.ScopeView;

/** What to do with a log record. The views are valid during the call only. */
@FunctionalInterface
public interface LogRule {
    /** Whether the log record stays; what {@code patch} holds then is changed in it. */
    boolean keep(LogRecordView record, ResourceView resource, ScopeView scope, Patch patch);
}
