package dev.sluice.connectors.slo;

import com.google.auto.service.AutoService;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ComponentType;
import dev.sluice.api.Connector;
import dev.sluice.api.ConnectorFactory;
import dev.sluice.api.Outputs;
import dev.sluice.api.Stability;
import dev.sluice.otlp.Signal;
import dev.sluice.slo.rules.SloConfig;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes {@code slo} connectors. */
@AutoService(ComponentFactory.class)
@SuppressWarnings("rawtypes") // a service is named by its raw type
public final class SloConnectorFactory implements ConnectorFactory<SloConfig> {
    @Override
    public ComponentType type() {
        return ComponentType.of("slo");
    }

    @Override
    public String summary() {
        return "Evaluates Prometheus rules on metrics and on counts of spans and log records, and gives alerts as log records and recorded series as metrics.";
    }

    @Override
    public SloConfig defaultConfig() {
        return SloConfig.DEFAULT;
    }

    @Override
    public Map<Route, Stability> routes() {
        return Stream.of(Signal.values())
                .flatMap(from -> Stream.of(new Route(from, Signal.LOGS), new Route(from, Signal.METRICS)))
                .collect(Collectors.toMap(Function.identity(), route -> Stability.ALPHA));
    }

    @Override
    public boolean gathers() {
        return true;
    }

    @Override
    public Connector create(SloConfig config, Outputs outputs, ComponentContext context) {
        return new SloConnector(config, outputs, context);
    }
}
