package dev.sluice.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelfResourceTest {
    @Test
    void anAttributeThatIsNoNumberIsNamed() {
        ResourceConfig wrong = new ResourceConfig(
                List.of(new ResourceConfig.Attribute("count", "many", ResourceConfig.ValueType.INT)),
                "",
                null,
                "",
                Map.of());
        assertThatThrownBy(() -> SelfResource.of(new Identity("sluice", "0.1.0", "instance-1"), wrong))
                .hasMessage("service::telemetry::resource: attribute \"count\" is not a number: many");
    }
}
