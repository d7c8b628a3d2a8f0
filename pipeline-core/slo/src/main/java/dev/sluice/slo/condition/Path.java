package dev.sluice.slo.condition;

import dev.sluice.otlp.Signal;
import dev.sluice.otlp.view.AnyValueView;
import dev.sluice.otlp.view.AttributesView;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What of a span or log record is looked at. */
public sealed interface Path {
    /** An attribute of the item or of its resource. */
    final class Attribute implements Path {
        private final boolean ofResource;
        private final byte[] key;

        Attribute(boolean ofResource, String key) {
            this.ofResource = ofResource;
            this.key = key.getBytes(StandardCharsets.UTF_8);
        }

        /** Valid until the item's attributes are looked at again; {@code null} where it is missing. */
        @Nullable
        AnyValueView value(Item item) {
            AttributesView attributes = ofResource ? item.resource().attributes() : item.attributes();
            return attributes.find(key) && attributes.value().kind() != AnyValueView.Kind.EMPTY
                    ? attributes.value()
                    : null;
        }
    }

    /** A field that every item of a signal has. */
    enum Field implements Path {
        NAME("name", Signal.TRACES),
        KIND("kind", Signal.TRACES),
        STATUS_CODE("status.code", Signal.TRACES),
        SEVERITY_NUMBER("severity_number", Signal.LOGS);

        private final String text;
        private final Signal signal;

        Field(String text, Signal signal) {
            this.text = text;
            this.signal = signal;
        }

        static @Nullable Field of(String text, Signal signal) {
            for (Field field : values()) {
                if (field.text.equals(text) && field.signal == signal) {
                    return field;
                }
            }
            return null;
        }
    }
}
