package dev.sluice.otlp.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.sluice.generator.OtlpGenerator;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.OtlpMerge;
import dev.sluice.otlp.Requests;
import dev.sluice.otlp.Signal;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.HexFormat;
import java.util.List;

/** Tests that hold views against what the generated classes read. */
abstract class AsGenerated {
    static final int SEEDS = 60;

    static Bytes rope(Signal signal, int seed) {
        return OtlpMerge.merge(List.of(
                Requests.bytes(Requests.of(signal, new OtlpGenerator(seed, 0.7, true), 2, 2, 3)),
                Requests.bytes(Requests.of(signal, new OtlpGenerator(seed + 500, 0.7, true), 1, 1, 2))));
    }

    static void assertResource(ResourceView view, Resource resource, String schemaUrl) {
        assertAttributes(view.attributes(), resource.getAttributesList());
        assertThat(view.droppedAttributesCount()).isEqualTo(resource.getDroppedAttributesCount());
        assertThat(view.schemaUrl()).isEqualTo(schemaUrl);
        assertThat(range(view.array(), view.start(), view.length())).isEqualTo(resource.toByteString());
        assertThat(view.entityRefsEnd() > view.entityRefsStart()).isEqualTo(resource.getEntityRefsCount() > 0);
        assertThat(view.containerEnd()).isGreaterThan(view.containerStart());
    }

    static void assertScope(ScopeView view, InstrumentationScope scope, String schemaUrl) {
        assertThat(view.name()).isEqualTo(scope.getName());
        assertThat(view.version()).isEqualTo(scope.getVersion());
        assertAttributes(view.attributes(), scope.getAttributesList());
        assertThat(view.droppedAttributesCount()).isEqualTo(scope.getDroppedAttributesCount());
        assertThat(view.schemaUrl()).isEqualTo(schemaUrl);
        assertThat(range(view.array(), view.start(), view.length())).isEqualTo(scope.toByteString());
        assertThat(view.containerEnd()).isGreaterThan(view.containerStart());
    }

    static void assertAttributes(AttributesView view, List<KeyValue> attributes) {
        for (KeyValue attribute : attributes) {
            assertThat(view.next()).isTrue();
            assertThat(view.key()).isEqualTo(attribute.getKey());
            assertThat(view.keyIs(attribute.getKeyBytes().toByteArray())).isTrue();
            assertThat(range(view.array(), view.keyStart(), view.keyLength())).isEqualTo(attribute.getKeyBytes());
            assertThat(view.fieldEnd()).isGreaterThan(view.fieldStart());
            assertValue(view.value(), attribute.getValue());
        }
        assertThat(view.next()).isFalse();
    }

    static void assertValue(AnyValueView view, AnyValue value) {
        assertThat(range(view.array(), view.start(), view.end() - view.start())).isEqualTo(value.toByteString());
        assertThat(view.string()).isEqualTo(value.getStringValue());
        assertThat(view.bool()).isEqualTo(value.getBoolValue());
        assertThat(view.integer()).isEqualTo(value.getIntValue());
        assertThat(view.decimal()).isEqualTo(Double.valueOf(value.getDoubleValue()));
        assertThat(ByteString.copyFrom(view.bytes())).isEqualTo(value.getBytesValue());
        ValuesView values = view.values();
        for (AnyValue element : value.getArrayValue().getValuesList()) {
            assertThat(values.next()).isTrue();
            assertValue(values.value(), element);
        }
        assertThat(values.next()).isFalse();
        assertAttributes(view.entries(), value.getKvlistValue().getValuesList());
        switch (value.getValueCase()) {
            case STRING_VALUE -> assertThat(view.text()).isEqualTo(value.getStringValue());
            case BOOL_VALUE -> assertThat(view.text()).isEqualTo(String.valueOf(value.getBoolValue()));
            case INT_VALUE -> assertThat(view.text()).isEqualTo(String.valueOf(value.getIntValue()));
            case BYTES_VALUE ->
                assertThat(range(view.array(), view.contentStart(), view.contentLength()))
                        .isEqualTo(value.getBytesValue());
            case VALUE_NOT_SET -> assertThat(view.kind()).isEqualTo(AnyValueView.Kind.EMPTY);
            default -> {}
        }
    }

    static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    static long bits(ByteString bytes, int offset) {
        return bytes.isEmpty() ? 0 : bytes.asReadOnlyByteBuffer().getLong(offset);
    }

    static ByteString range(byte[] array, int start, int length) {
        return ByteString.copyFrom(array, start, length);
    }
}
