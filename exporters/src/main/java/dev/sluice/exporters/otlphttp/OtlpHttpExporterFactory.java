package dev.sluice.exporters.otlphttp;

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
import org.jspecify.annotations.Nullable;

/** Makes {@code otlp_http} exporters. */
@AutoService(ComponentFactory.class)
@SuppressWarnings("rawtypes") // a service is named by its raw type
public final class OtlpHttpExporterFactory implements ExporterFactory<OtlpHttpConfig> {
    @Override
    public ComponentType type() {
        return ComponentType.of("otlp_http", "otlphttp");
    }

    @Override
    public String summary() {
        return "Sends telemetry by OTLP over HTTP, as protobuf or JSON.";
    }

    @Override
    public OtlpHttpConfig defaultConfig() {
        return OtlpHttpConfig.DEFAULT;
    }

    @Override
    public Map<Signal, Stability> signals() {
        return Map.of(Signal.TRACES, Stability.STABLE, Signal.METRICS, Stability.STABLE, Signal.LOGS, Stability.STABLE);
    }

    @Override
    public Exporter create(OtlpHttpConfig config, ComponentContext context) {
        return new OtlpHttpExporter(config, context);
    }

    @Override
    public @Nullable String refusal(OtlpHttpConfig config, Signal signal) {
        return config.url(signal).isEmpty()
                ? "either endpoint or " + signal.key() + "_endpoint must be specified"
                : null;
    }

    @Override
    public Delivery delivery(OtlpHttpConfig config) {
        return new Delivery(config.client().timeout(), config.retryOnFailure(), config.sendingQueue());
    }
}
