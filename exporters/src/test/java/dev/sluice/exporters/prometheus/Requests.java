package dev.sluice.exporters.prometheus;

import com.google.protobuf.TextFormat;
import dev.sluice.api.Origin;
import dev.sluice.api.Telemetry;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.Signal;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Batches from protobuf's text format. */
public final class Requests {
    private Requests() {}

    /** The requests of a file beside the tests, which {@code ---} parts. */
    public static List<byte[]> read(String file) throws IOException {
        List<byte[]> requests = new ArrayList<>();
        for (String text : text(file).split("\n---\n", -1)) {
            requests.add(request(text));
        }
        return requests;
    }

    public static String text(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(Requests.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A batch of metrics of one scope without a name and a resource with job and instance. */
    public static Telemetry metrics(String metrics) {
        return batch("resource_metrics { resource {" + attribute("service.name", "api")
                + attribute("service.instance.id", "1") + "} scope_metrics { " + metrics + " } }");
    }

    public static Telemetry batch(String text) {
        return batch(request(text));
    }

    public static Telemetry batch(byte[] request) {
        return Telemetry.of(Signal.METRICS, Bytes.of(request), Origin.INTERNAL);
    }

    public static String attribute(String key, String value) {
        return "attributes { key: \"" + key + "\" value { string_value: \"" + value + "\" } } ";
    }

    private static byte[] request(String text) {
        ExportMetricsServiceRequest.Builder builder = ExportMetricsServiceRequest.newBuilder();
        try {
            TextFormat.merge(text, builder);
        } catch (TextFormat.ParseException e) {
            throw new IllegalArgumentException(text, e);
        }
        return builder.build().toByteArray();
    }
}
