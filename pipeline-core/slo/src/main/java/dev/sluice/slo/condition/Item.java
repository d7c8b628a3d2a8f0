package dev.sluice.slo.condition;

import dev.sluice.otlp.view.AttributesView;
import dev.sluice.otlp.view.LogRecordView;
import dev.sluice.otlp.view.ResourceView;
import dev.sluice.otlp.view.SpanView;

/** A span or log record with its resource. The views move on under it, so that one object serves all items. For one thread. */
public sealed interface Item {
    /** Before the first attribute. */
    AttributesView attributes();

    ResourceView resource();

    /** A span. */
    record Span(SpanView view, ResourceView resource) implements Item {
        @Override
        public AttributesView attributes() {
            return view.attributes();
        }
    }

    /** A log record. */
    record Log(LogRecordView view, ResourceView resource) implements Item {
        @Override
        public AttributesView attributes() {
            return view.attributes();
        }
    }
}
