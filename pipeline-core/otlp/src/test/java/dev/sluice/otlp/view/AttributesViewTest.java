package dev.sluice.otlp.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AttributesViewTest {
    @Test
    void anAttributeIsFoundByItsKey() {
        byte[] resource = Resource.newBuilder()
                .addAttributes(KeyValue.newBuilder().setKey("a"))
                .addAttributes(KeyValue.newBuilder()
                        .setKey("b")
                        .setValue(AnyValue.newBuilder().setStringValue("x")))
                .build()
                .toByteArray();
        AttributesView view = new AttributesView().reset(resource, 0, resource.length, 1);
        assertThat(view.find("b".getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(view.value().stringIs("x".getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(view.value().stringIs("y".getBytes(StandardCharsets.UTF_8))).isFalse();
        assertThat(view.find("a".getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(view.value().kind()).isEqualTo(AnyValueView.Kind.EMPTY);
        assertThat(view.value().text()).isEmpty();
        assertThat(view.find("ab".getBytes(StandardCharsets.UTF_8))).isFalse();
    }
}
