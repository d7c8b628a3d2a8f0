package dev.sluice.engine.config;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ComponentId;
import dev.sluice.api.ComponentType;
import dev.sluice.api.Connector;
import dev.sluice.api.ConnectorFactory;
import dev.sluice.api.Exporter;
import dev.sluice.api.ExporterFactory;
import dev.sluice.api.Extension;
import dev.sluice.api.ExtensionFactory;
import dev.sluice.api.Outputs;
import dev.sluice.api.Processor;
import dev.sluice.api.ProcessorFactory;
import dev.sluice.api.Receiver;
import dev.sluice.api.ReceiverFactory;
import dev.sluice.api.Stability;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Key;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.QueueConfig;
import dev.sluice.api.config.RetryConfig;
import dev.sluice.api.config.Secret;
import dev.sluice.api.config.Squash;
import dev.sluice.otlp.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Components that have only a configuration, with the shapes that real ones have. */
final class TestComponents {
    static final Factories FACTORIES = new Factories(List.of(
            new TestReceiver<>(ComponentType.of("otlp"), Otlp.DEFAULT),
            new TestReceiver<>(ComponentType.of("nop"), Nop.DEFAULT),
            new TestReceiver<>(ComponentType.of("file_log", "filelog"), Nop.DEFAULT),
            new TestProcessor<>(ComponentType.of("batch"), Batch.DEFAULT),
            new TestProcessor<>(ComponentType.of("kinds"), Kinds.DEFAULT),
            new TestExporter<>(ComponentType.of("debug"), Debug.DEFAULT),
            new TestExporter<>(ComponentType.of("nop"), Nop.DEFAULT),
            new TestExporter<>(ComponentType.of("otlp_grpc", "otlp"), OtlpGrpc.DEFAULT),
            new TestConnector<>(ComponentType.of("forward"), Nop.DEFAULT),
            new TestConnector<>(ComponentType.of("nop"), Nop.DEFAULT),
            new TestConnector<>(ComponentType.of("span_metrics", "spanmetrics"), Nop.DEFAULT),
            new TestExtension<>(ComponentType.of("health_check"), Nop.DEFAULT),
            new TestExtension<>(ComponentType.of("basic_auth", "basicauth"), Nop.DEFAULT)));

    private TestComponents() {}

    record Nop() implements Config {
        public static final Nop DEFAULT = new Nop();
    }

    @Doc("Takes in OTLP.")
    record Otlp(@Doc("Which protocols are served.") Protocols protocols) implements Config {
        public static final Otlp DEFAULT = new Otlp(Protocols.DEFAULT);

        @Override
        public void validate(Problems problems) {
            if (protocols.grpc == null && protocols.http == null) {
                problems.add("must specify at least one protocol when using the OTLP receiver");
            }
        }
    }

    record Protocols(
            @Doc("OTLP over gRPC.") @Nullable Grpc grpc,
            @Doc("OTLP over HTTP.") @Nullable Http http) implements Config {
        public static final Protocols DEFAULT = new Protocols(null, null);
    }

    record Grpc(
            @Squash Server server,
            @Doc("Largest message, in MiB.") int maxRecvMsgSizeMib) implements Config {
        public static final Grpc DEFAULT = new Grpc(new Server("localhost:4317", null), 0);
    }

    record Http(
            @Squash Server server, @Doc("Path of traces.") String tracesUrlPath) implements Config {
        public static final Http DEFAULT = new Http(new Server("localhost:4318", null), "/v1/traces");

        @Override
        public void validate(Problems problems) {
            if (tracesUrlPath.isEmpty()) {
                problems.at("traces_url_path", "invalid HTTP URL path set for signal: must not be empty");
            }
        }
    }

    record Server(
            @Doc("Address to listen on.") String endpoint,
            @Doc("TLS.") @Nullable Tls tls) implements Config {
        public static final Server DEFAULT = new Server("", null);
    }

    record Tls(
            @Doc("Certificate authorities, a file.") String caFile,
            @Doc("Certificate authorities, as PEM.") Secret caPem,
            @Doc("No TLS at all.") boolean insecure)
            implements Config {
        public static final Tls DEFAULT = new Tls("", new Secret(""), false);

        @Override
        public void validate(Problems problems) {
            if (!caFile.isEmpty() && !caPem.reveal().isEmpty()) {
                problems.at("ca_pem", "provide either a CA file or the PEM-encoded string, but not both");
            }
        }
    }

    record Batch(
            @Doc("Send at this size.") long sendBatchSize,
            @Doc("Send after this time.") Duration timeout,
            @Doc("Split what is larger.") int sendBatchMaxSize,
            @Doc("Keys of metadata.") List<String> metadataKeys)
            implements Config {
        public static final Batch DEFAULT = new Batch(8192, Duration.ofMillis(200), 0, List.of());

        @Override
        public void validate(Problems problems) {
            if (sendBatchMaxSize > 0 && sendBatchMaxSize < sendBatchSize) {
                problems.at("send_batch_max_size", "send_batch_max_size must be greater or equal to send_batch_size");
            }
        }
    }

    enum Verbosity {
        BASIC,
        NORMAL,
        DETAILED
    }

    record Debug(
            @Doc("How much is printed.") Verbosity verbosity,
            @Doc("Where to; the path of a file.") List<String> outputPaths)
            implements Config {
        public static final Debug DEFAULT = new Debug(Verbosity.BASIC, List.of("stdout"));
    }

    record OtlpGrpc(
            @Doc("Where to send to.") String endpoint,
            @Doc("Time limit of an attempt.") Duration timeout,
            @Doc("Extra headers.") Map<String, Secret> headers,
            @Doc("The `:authority` of requests.") String authority,
            @Doc("Wait until connected.") boolean waitForReady,
            @Doc("TLS.") Tls tls,
            @Doc("Who authenticates.") @Nullable Auth auth,
            @Doc("Retries.") RetryConfig retryOnFailure,
            @Doc("The queue.") @Nullable QueueConfig sendingQueue)
            implements Config {
        public static final OtlpGrpc DEFAULT = new OtlpGrpc(
                "",
                Duration.ofSeconds(5),
                Map.of(),
                "",
                false,
                Tls.DEFAULT,
                null,
                RetryConfig.DEFAULT,
                QueueConfig.DEFAULT);

        @Override
        public void validate(Problems problems) {
            if (endpoint.isEmpty()) {
                problems.at("endpoint", "requires a non-empty \"endpoint\"");
            }
        }
    }

    record Auth(@Doc("An extension.") @Nullable ComponentId authenticator) implements Config {
        public static final Auth DEFAULT = new Auth(null);
    }

    enum Mode {
        @Key("hash-seed")
        HASH_SEED,
        EQUALIZING
    }

    /** One option of every type there is. */
    record Kinds(
            @Doc("Text.") String text,
            @Doc("Secret.") Secret secret,
            @Doc("Boolean.") boolean bool,
            @Doc("Integer.") int integer,
            @Doc("Long.") long longer,
            @Doc("Double.") double floating,
            @Doc("Float.") float percentage,
            @Doc("Duration.") Duration duration,
            @Doc("Mode.") Mode mode,
            @Doc("Id.") @Nullable ComponentId id,
            @Doc("Integer or nothing.") @Nullable Integer maybeInteger,
            @Doc("Boolean or nothing.") @Nullable Boolean maybeBool,
            @Doc("Text or nothing.") @Nullable String maybeText,
            @Doc("Texts.") List<String> texts,
            @Doc("Modes.") List<Mode> modes,
            @Doc("Records.") List<Tls> records,
            @Doc("Map of texts, some without value.") Map<String, @Nullable String> attributes,
            @Doc("Map of records.") Map<String, Tls> named,

            @Doc(value = "Map of lists.", sluiceOnly = true) Map<String, List<Integer>> lists,

            @Key("URL") @Doc("A key of its own.") String url,

            @Doc("An optional block.") @Nullable Optional optional)
            implements Config {
        public static final Kinds DEFAULT = new Kinds(
                "a",
                new Secret("hush"),
                true,
                1,
                524_288,
                0.5,
                0.5f,
                Duration.ofSeconds(5),
                Mode.EQUALIZING,
                null,
                null,
                null,
                null,
                List.of("x"),
                List.of(),
                List.of(),
                Map.of(),
                Map.of("given", new Tls("ca", new Secret(""), true)),
                Map.of(),
                "",
                null);

        /** As components do, whose lists must not change: it refuses a null among the elements. */
        public Kinds {
            modes = List.copyOf(modes);
        }
    }

    record Optional(@Doc("A number.") int number) implements Config {
        public static final Optional DEFAULT = new Optional(7);
    }

    private record TestReceiver<C extends Record & Config>(ComponentType type, C defaultConfig)
            implements ReceiverFactory<C> {
        @Override
        public String summary() {
            return "Receives " + type.name() + ".";
        }

        @Override
        public Map<Signal, Stability> signals() {
            return Map.of(Signal.TRACES, Stability.STABLE);
        }

        @Override
        public Receiver create(C config, Outputs outputs, ComponentContext context) {
            return new Receiver() {};
        }
    }

    private record TestProcessor<C extends Record & Config>(ComponentType type, C defaultConfig)
            implements ProcessorFactory<C> {
        @Override
        public String summary() {
            return "Processes " + type.name() + ".";
        }

        @Override
        public Map<Signal, Stability> signals() {
            return Map.of(Signal.TRACES, Stability.BETA, Signal.LOGS, Stability.ALPHA);
        }

        @Override
        public Processor create(C config, TelemetryConsumer next, ComponentContext context) {
            return next::consume;
        }
    }

    private record TestExporter<C extends Record & Config>(ComponentType type, C defaultConfig)
            implements ExporterFactory<C> {
        @Override
        public String summary() {
            return "Exports " + type.name() + ".";
        }

        @Override
        public Map<Signal, Stability> signals() {
            return Map.of(Signal.TRACES, Stability.STABLE);
        }

        @Override
        public Exporter create(C config, ComponentContext context) {
            throw new UnsupportedOperationException();
        }
    }

    private record TestConnector<C extends Record & Config>(ComponentType type, C defaultConfig)
            implements ConnectorFactory<C> {
        @Override
        public String summary() {
            return "Connects " + type.name() + ".";
        }

        @Override
        public Map<Route, Stability> routes() {
            return Map.of(new Route(Signal.TRACES, Signal.METRICS), Stability.BETA);
        }

        @Override
        public Connector create(C config, Outputs outputs, ComponentContext context) {
            throw new UnsupportedOperationException();
        }
    }

    private record TestExtension<C extends Record & Config>(ComponentType type, C defaultConfig)
            implements ExtensionFactory<C> {
        @Override
        public String summary() {
            return "Extends " + type.name() + ".";
        }

        @Override
        public Stability stability() {
            return Stability.ALPHA;
        }

        @Override
        public Extension create(C config, ComponentContext context) {
            return new Extension() {};
        }
    }

    /** All of them as the type that tools take. */
    static List<ComponentFactory<?>> all() {
        return FACTORIES.all();
    }
}
