package dev.sluice.engine.telemetry;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.WireWriter;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the OTLP requests of the three signals share, from the data classes of the SDK: items below scopes below resources. Messages are
 * those of opentelemetry-proto 1.11; the SDK's own marshalers are internal to it.
 */
final class SdkWire {
    private SdkWire() {}

    /** Writes one item's fields; the caller closes the message. */
    static <T> Bytes request(
            Collection<? extends T> data,
            Function<T, Resource> resource,
            Function<T, InstrumentationScopeInfo> scope,
            BiConsumer<WireWriter, T> item) {
        Map<Resource, Map<InstrumentationScopeInfo, List<T>>> groups = new LinkedHashMap<>();
        for (T one : data) {
            groups.computeIfAbsent(resource.apply(one), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(scope.apply(one), _ -> new ArrayList<>())
                    .add(one);
        }
        WireWriter out = new WireWriter(4096);
        groups.forEach((of, scopes) -> {
            int group = out.mark();
            schemaUrl(out, of.getSchemaUrl());
            scopes.forEach((info, items) -> {
                int inner = out.mark();
                schemaUrl(out, info.getSchemaUrl());
                for (T one : items.reversed()) {
                    int mark = out.mark();
                    item.accept(out, one);
                    out.message(2, mark);
                }
                scope(out, info);
                out.message(2, inner);
            });
            int mark = out.mark();
            attributes(out, 1, of.getAttributes());
            out.message(1, mark);
            out.message(1, group);
        });
        return out.toBytes();
    }

    static void attributes(WireWriter out, int field, Attributes attributes) {
        attributes.forEach((key, value) -> {
            int mark = out.mark();
            int inner = out.mark();
            attribute(out, key, value);
            out.message(2, inner);
            out.string(1, key.getKey());
            out.message(field, mark);
        });
    }

    static void text(WireWriter out, int field, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            out.string(field, value);
        }
    }

    /** The fields of an AnyValue. */
    static void value(WireWriter out, Value<?> value) {
        switch (value.getType()) {
            case STRING -> out.string(1, (String) value.getValue());
            case BOOLEAN -> out.varint(2, (Boolean) value.getValue() ? 1 : 0);
            case LONG -> out.varint(3, (Long) value.getValue());
            case DOUBLE -> out.decimal(4, (Double) value.getValue());
            case ARRAY -> {
                int array = out.mark();
                for (Object element : ((List<?>) value.getValue()).reversed()) {
                    int mark = out.mark();
                    value(out, (Value<?>) element);
                    out.message(1, mark);
                }
                out.message(5, array);
            }
            case KEY_VALUE_LIST -> {
                int list = out.mark();
                for (Object element : ((List<?>) value.getValue()).reversed()) {
                    KeyValue pair = (KeyValue) element;
                    int mark = out.mark();
                    int inner = out.mark();
                    value(out, pair.getValue());
                    out.message(2, inner);
                    out.string(1, pair.getKey());
                    out.message(1, mark);
                }
                out.message(6, list);
            }
            case BYTES -> {
                ByteBuffer buffer = ((ByteBuffer) value.getValue()).duplicate();
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                out.bytes(7, bytes);
            }
            case EMPTY -> {}
        }
    }

    private static void attribute(WireWriter out, AttributeKey<?> key, Object value) {
        AttributeType type = key.getType();
        switch (type) {
            case STRING -> out.string(1, (String) value);
            case BOOLEAN -> out.varint(2, (Boolean) value ? 1 : 0);
            case LONG -> out.varint(3, (Long) value);
            case DOUBLE -> out.decimal(4, (Double) value);
            case STRING_ARRAY -> array(out, (List<?>) value, AttributeKey.stringKey(""));
            case BOOLEAN_ARRAY -> array(out, (List<?>) value, AttributeKey.booleanKey(""));
            case LONG_ARRAY -> array(out, (List<?>) value, AttributeKey.longKey(""));
            case DOUBLE_ARRAY -> array(out, (List<?>) value, AttributeKey.doubleKey(""));
            case VALUE -> value(out, (Value<?>) value);
        }
    }

    private static void array(WireWriter out, List<?> values, AttributeKey<?> element) {
        int array = out.mark();
        for (Object one : values.reversed()) {
            int mark = out.mark();
            attribute(out, element, one);
            out.message(1, mark);
        }
        out.message(5, array);
    }

    private static void scope(WireWriter out, InstrumentationScopeInfo info) {
        int mark = out.mark();
        attributes(out, 3, info.getAttributes());
        text(out, 2, info.getVersion());
        text(out, 1, info.getName());
        out.message(1, mark);
    }

    private static void schemaUrl(WireWriter out, @Nullable String url) {
        text(out, 3, url);
    }
}
