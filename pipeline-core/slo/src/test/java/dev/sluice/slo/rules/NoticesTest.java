package dev.sluice.slo.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.slo.alert.AlertPhase;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How alerts are told of where there are many. */
class NoticesTest {
    private static final int ALERTS = 1200;

    @Test
    void manyAlertsAreToldOfAFewHundredAtATimeAndNoneTwice() {
        Stage stage = new Stage(Stage.config(Stage.alert("Long", "queue_length > 5", "0s")));
        Metric.Builder metric = Metric.newBuilder().setName("queue.length");
        for (int i = 0; i < ALERTS; i++) {
            metric.getGaugeBuilder()
                    .addDataPointsBuilder()
                    .setTimeUnixNano(Stage.BEGIN * 1_000_000)
                    .setAsDouble(9)
                    .addAttributes(Gauges.attribute("queue", "q" + i));
        }
        stage.rules.observe(Gauges.request(metric, Map.of())).await();
        stage.until(2);
        assertThat(stage.tellings).containsExactly(500, 500, 200);
        assertThat(stage.phases()).hasSize(ALERTS).containsValue(AlertPhase.FIRING);
    }
}
