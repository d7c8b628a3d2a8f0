package dev.sluice.exporters.debug;

import com.google.auto.service.AutoService;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ComponentType;
import dev.sluice.api.Exporter;
import dev.sluice.api.ExporterFactory;
import dev.sluice.api.Placement;
import dev.sluice.api.Stability;
import dev.sluice.api.config.Delivery;
import dev.sluice.otlp.Signal;
import java.util.List;
import java.util.Map;

/** Makes {@code debug} exporters. */
@AutoService(ComponentFactory.class)
@SuppressWarnings("rawtypes") // a service is named by its raw type
public final class DebugExporterFactory implements ExporterFactory<DebugExporterConfig> {
    @Override
    public ComponentType type() {
        return ComponentType.of("debug");
    }

    @Override
    public String summary() {
        return "Writes what it gets to the log or to the console.";
    }

    @Override
    public DebugExporterConfig defaultConfig() {
        return DebugExporterConfig.DEFAULT;
    }

    @Override
    public Map<Signal, Stability> signals() {
        return Map.of(Signal.TRACES, Stability.ALPHA, Signal.METRICS, Stability.ALPHA, Signal.LOGS, Stability.ALPHA);
    }

    /** One, so that the lines of all loops are sampled together and do not mix. */
    @Override
    public Placement placement() {
        return Placement.ONE_LOOP;
    }

    @Override
    public Delivery delivery(DebugExporterConfig config) {
        return new Delivery(null, null, config.sendingQueue());
    }

    @Override
    public Exporter create(DebugExporterConfig config, ComponentContext context) {
        List<String> paths = config.outputPaths() == null ? List.of("stdout") : config.outputPaths();
        LineOutput output = config.useInternalLogger() ? new LogOutput(context.log()) : new PathsOutput(paths);
        LineSampler sampler = new LineSampler(config.samplingInitial(), config.samplingThereafter(), context.clock());
        return new DebugExporter(config.verbosity(), output, sampler, context);
    }
}
