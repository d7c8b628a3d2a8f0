package dev.sluice.connectors.forward;

import com.google.auto.service.AutoService;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ComponentType;
import dev.sluice.api.Connector;
import dev.sluice.api.ConnectorFactory;
import dev.sluice.api.Outputs;
import dev.sluice.api.Stability;
import dev.sluice.otlp.Signal;
import java.util.Map;

/** Makes {@code forward} connectors. */
@AutoService(ComponentFactory.class)
@SuppressWarnings("rawtypes") // a service is named by its raw type
public final class ForwardConnectorFactory implements ConnectorFactory<ForwardConfig> {
    @Override
    public ComponentType type() {
        return ComponentType.of("forward");
    }

    @Override
    public String summary() {
        return "Merges or splits pipelines: passes data on to pipelines of the same signal.";
    }

    @Override
    public ForwardConfig defaultConfig() {
        return ForwardConfig.DEFAULT;
    }

    @Override
    public Map<Route, Stability> routes() {
        return Map.of(
                new Route(Signal.TRACES, Signal.TRACES), Stability.BETA,
                new Route(Signal.METRICS, Signal.METRICS), Stability.BETA,
                new Route(Signal.LOGS, Signal.LOGS), Stability.BETA);
    }

    @Override
    public Connector create(ForwardConfig config, Outputs outputs, ComponentContext context) {
        return new ForwardConnector(outputs);
    }
}
