package dev.sluice.exporters.prometheusremotewrite;

import static dev.sluice.exporters.prometheusremotewrite.Points.attribute;
import static dev.sluice.exporters.prometheusremotewrite.Points.gauge;
import static dev.sluice.exporters.prometheusremotewrite.Points.point;
import static dev.sluice.exporters.prometheusremotewrite.Points.span;
import static dev.sluice.exporters.prometheusremotewrite.Points.sum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.exporters.prometheus.Requests;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The series that tells of a resource. */
class TargetInfoTest {
    @Test
    void targetInfoHasTheTimeOfTheLatestPointAndNeedsSomethingToTell() {
        String scope = "scope_metrics { "
                + gauge("g", point(30, "as_int: 1"), point(10, "as_int: 1 " + attribute("a", "b"))) + " }";
        try (Backend backend = new Backend("external_labels", Map.of("cluster", "c"))) {
            Decoded written =
                    backend.written(Requests.batch("resource_metrics { resource { " + attribute("service.name", "api")
                            + attribute("host.name", "h") + attribute("empty", "") + "} " + scope
                            + " } resource_metrics { resource { "
                            + attribute("service.name", "bare") + "} " + scope + " } resource_metrics { resource { "
                            + attribute("host.name", "nameless") + "} "
                            + scope + " }"));

            assertThat(written.named("target_info").labels())
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of("__name__", "target_info", "job", "api", "host_name", "h", "cluster", "c"));
            assertThat(written.named("target_info").samples()).containsExactly("1.0 @30");
        }
    }

    @Test
    void targetInfoNeverGoesBackInTime() {
        try (Backend backend = new Backend()) {
            String resource = "resource_metrics { resource { " + attribute("service.name", "api") + attribute("a", "b")
                    + "} scope_metrics { " + gauge("g", "%s") + " } }";
            backend.send(Requests.batch(resource.replace("%s", point(30, "as_int: 1"))));
            backend.taken();

            Decoded older = backend.written(Requests.batch(
                    resource.replace("%s", point(20, "as_int: 1")) + resource.replace("%s", point(10, "as_int: 1"))));
            Decoded newer = backend.written(Requests.batch(
                    resource.replace("%s", point(50, "as_int: 1")) + resource.replace("%s", point(40, "as_int: 1"))));

            assertThat(older.series().keySet()).containsExactly("g{job=api}");
            assertThat(newer.named("target_info").samples()).containsExactly("1.0 @50");
        }
    }

    @Test
    void whoOnceSentATimeFarAheadBeginsAnewWhenThatIsForgotten() {
        String delta = "is_monotonic: true aggregation_temporality: AGGREGATION_TEMPORALITY_DELTA";
        String request = "resource_metrics { resource { " + attribute("service.name", "api") + attribute("a", "b")
                + "} scope_metrics { %s } }";
        try (Backend backend = new Backend()) {
            backend.send(Requests.batch(request.replace("%s", sum(delta, span(1000, 99_000_000, "as_int: 1")))));
            for (int minute = 1; minute < 15; minute++) {
                backend.pass(Duration.ofMinutes(1));
                backend.taken();
                backend.send(Requests.batch(request.replace(
                        "%s", sum(delta, span(minute * 60_000L, (minute + 1) * 60_000L, "as_int: " + minute)))));
            }

            Decoded last = backend.taken().getLast().decoded();
            assertThat(last.named("target_info").samples()).containsExactly("1.0 @900000");
            assertThat(last.named("s_total").samples())
                    .singleElement()
                    .asString()
                    .endsWith(".0 @900000");
            assertThat(backend.dropped("overlap")).isBetween(9.0, 13.0);
        }
    }
}
