package dev.sluice.exporters.file;

import com.google.auto.service.AutoService;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ComponentType;
import dev.sluice.api.Exporter;
import dev.sluice.api.ExporterFactory;
import dev.sluice.api.Placement;
import dev.sluice.api.Stability;
import dev.sluice.otlp.Signal;
import java.util.Map;

/** Makes {@code file} exporters. */
@AutoService(ComponentFactory.class)
@SuppressWarnings("rawtypes") // a service is named by its raw type
public final class FileExporterFactory implements ExporterFactory<FileExporterConfig> {
    private static final String NATIVE_COMPRESSION = "exporter.file.nativeCompression";

    @Override
    public ComponentType type() {
        return ComponentType.of("file");
    }

    @Override
    public String summary() {
        return "Writes telemetry to files, as OTLP in JSON or protobuf.";
    }

    @Override
    public FileExporterConfig defaultConfig() {
        return FileExporterConfig.DEFAULT;
    }

    @Override
    public Map<Signal, Stability> signals() {
        return Map.of(Signal.TRACES, Stability.ALPHA, Signal.METRICS, Stability.ALPHA, Signal.LOGS, Stability.ALPHA);
    }

    /** One, because a file has one end. */
    @Override
    public Placement placement() {
        return Placement.ONE_LOOP;
    }

    @Override
    public Exporter create(FileExporterConfig config, ComponentContext context) {
        boolean wholeFrames = context.service().featureGates().getOrDefault(NATIVE_COMPRESSION, false);
        RecordFormat format = new RecordFormat(config, wholeFrames);
        OutputFiles files = new OutputFiles(config, context);
        Destination destination = config.groupBy().enabled()
                ? new FilePerGroup(config, format, files, context.log())
                : new OneFile(config.path(), format, files);
        return new FileExporter(destination, context);
    }
}
