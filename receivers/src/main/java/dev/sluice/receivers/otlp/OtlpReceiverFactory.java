package dev.sluice.receivers.otlp;

import com.google.auto.service.AutoService;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ComponentType;
import dev.sluice.api.Outputs;
import dev.sluice.api.Receiver;
import dev.sluice.api.ReceiverFactory;
import dev.sluice.api.Stability;
import dev.sluice.otlp.Signal;
import java.util.Map;

/** Makes {@code otlp} receivers. */
@AutoService(ComponentFactory.class)
@SuppressWarnings("rawtypes") // a service is named by its raw type
public final class OtlpReceiverFactory implements ReceiverFactory<OtlpReceiverConfig> {
    @Override
    public ComponentType type() {
        return ComponentType.of("otlp");
    }

    @Override
    public String summary() {
        return "Receives traces, metrics and logs by OTLP over gRPC and HTTP.";
    }

    @Override
    public OtlpReceiverConfig defaultConfig() {
        return OtlpReceiverConfig.DEFAULT;
    }

    @Override
    public Map<Signal, Stability> signals() {
        return Map.of(
                Signal.TRACES, Stability.BETA,
                Signal.METRICS, Stability.BETA,
                Signal.LOGS, Stability.BETA);
    }

    @Override
    public Receiver create(OtlpReceiverConfig config, Outputs outputs, ComponentContext context) {
        return new OtlpReceiver(config, outputs, context);
    }
}
