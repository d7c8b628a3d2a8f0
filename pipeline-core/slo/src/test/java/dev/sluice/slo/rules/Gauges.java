package dev.sluice.slo.rules;

import dev.sluice.api.Origin;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.Map;

/** Metrics of one point of the job {@code shop/cart}. */
final class Gauges {
    private Gauges() {}

    /** @param time in milliseconds since 1970 */
    static Telemetry of(String name, double value, long time) {
        Metric.Builder metric = Metric.newBuilder().setName(name);
        metric.getGaugeBuilder()
                .addDataPoints(NumberDataPoint.newBuilder()
                        .setTimeUnixNano(time * 1_000_000)
                        .setAsDouble(value));
        return request(metric, Map.of());
    }

    static Telemetry request(Metric.Builder metric, Map<String, String> more) {
        ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
        var resource = request.addResourceMetricsBuilder();
        resource.setResource(Resource.newBuilder()
                .addAttributes(attribute("service.name", "cart"))
                .addAttributes(attribute("service.namespace", "shop"))
                .addAttributes(attribute("service.instance.id", "i1")));
        more.forEach((key, value) -> resource.getResourceBuilder().addAttributes(attribute(key, value)));
        resource.addScopeMetricsBuilder().addMetrics(metric);
        return Telemetry.of(Signal.METRICS, Bytes.of(request.build().toByteArray()), Origin.INTERNAL);
    }

    static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
