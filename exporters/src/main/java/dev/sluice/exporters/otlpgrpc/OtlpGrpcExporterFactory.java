package dev.sluice.exporters.otlpgrpc;

import com.google.auto.service.AutoService;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ComponentType;
import dev.sluice.api.Exporter;
import dev.sluice.api.ExporterFactory;
import dev.sluice.api.Stability;
import dev.sluice.api.config.Delivery;
import dev.sluice.otlp.Signal;
import java.util.Map;

/** Makes {@code otlp_grpc} exporters. */
@AutoService(ComponentFactory.class)
@SuppressWarnings("rawtypes") // a service is named by its raw type
public final class OtlpGrpcExporterFactory implements ExporterFactory<OtlpGrpcConfig> {
    @Override
    public ComponentType type() {
        return ComponentType.of("otlp_grpc", "otlp");
    }

    @Override
    public String summary() {
        return "Sends telemetry by OTLP over gRPC.";
    }

    @Override
    public OtlpGrpcConfig defaultConfig() {
        return OtlpGrpcConfig.DEFAULT;
    }

    @Override
    public Map<Signal, Stability> signals() {
        return Map.of(Signal.TRACES, Stability.STABLE, Signal.METRICS, Stability.STABLE, Signal.LOGS, Stability.STABLE);
    }

    @Override
    public Exporter create(OtlpGrpcConfig config, ComponentContext context) {
        return new OtlpGrpcExporter(config, context);
    }

    @Override
    public Delivery delivery(OtlpGrpcConfig config) {
        return new Delivery(config.timeout(), config.retryOnFailure(), config.sendingQueue());
    }
}
