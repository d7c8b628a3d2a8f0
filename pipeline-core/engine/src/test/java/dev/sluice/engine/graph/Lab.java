package dev.sluice.engine.graph;

import dev.sluice.api.Component;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentId;
import dev.sluice.api.Connector;
import dev.sluice.api.Exporter;
import dev.sluice.api.Extension;
import dev.sluice.api.Outcome;
import dev.sluice.api.Outputs;
import dev.sluice.api.PipelineId;
import dev.sluice.api.Processor;
import dev.sluice.api.Receiver;
import dev.sluice.api.Telemetry;
import dev.sluice.api.TelemetryConsumer;
import dev.sluice.api.config.Delivery;
import dev.sluice.engine.config.Configured;
import dev.sluice.engine.config.LoadedConfig;
import dev.sluice.engine.config.PipelineConfig;
import dev.sluice.engine.config.ServiceConfig;
import dev.sluice.engine.telemetry.TelemetryConfig;
import dev.sluice.otlp.Signal;
import dev.sluice.yaml.ConfigNode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * Tiny components that tell what happens to them and do what a test says, and configurations made of them. A type's first letter says
 * the kind, its end the placement: {@code rx} {@code px} {@code ex} {@code cx} {@code zx} on every loop, {@code px1} on one, {@code pxs}
 * sharded; {@code pxg} gathers. {@code rxt} and {@code ext} and so on know traces only; {@code cxm} connects traces to metrics; {@code lim} is a memory limiter.
 */
public final class Lab {
    /** What happened, in order, such as {@code start ex/a}. */
    public final List<String> events = new CopyOnWriteArrayList<>();

    /** All receivers made, whatever the loop. */
    public final List<Source> sources = new CopyOnWriteArrayList<>();

    /** What exporters got, by id. */
    public final Map<String, List<Telemetry>> received = new ConcurrentHashMap<>();

    /** The threads that an id's instances were called on. */
    public final Map<String, List<Thread>> threads = new ConcurrentHashMap<>();

    /** The thread that last passed a batch on. */
    public final Map<Telemetry, Thread> threadOf = new ConcurrentHashMap<>();

    private final Map<String, Function<Telemetry, Future<Outcome>>> answers = new ConcurrentHashMap<>();
    private final Map<String, Runnable> creations = new ConcurrentHashMap<>();
    private final Map<String, Delivery> deliveries = new ConcurrentHashMap<>();
    private final Map<String, Function<ComponentContext, Future<?>>> starts = new ConcurrentHashMap<>();
    private final Map<String, Function<ComponentContext, Future<?>>> stops = new ConcurrentHashMap<>();
    private final LabFactories factories = new LabFactories(this);

    public Lab answer(String id, Function<Telemetry, Future<Outcome>> answer) {
        answers.put(id, answer);
        return this;
    }

    /** Lets an exporter or processor answer only when the test says so. */
    public Held hold(String id) {
        Held held = new Held();
        answers.put(id, held::take);
        return held;
    }

    public Lab onCreate(String id, Runnable work) {
        creations.put(id, work);
        return this;
    }

    public Lab delivery(String id, Delivery delivery) {
        deliveries.put(id, delivery);
        return this;
    }

    Delivery delivery(String id) {
        return deliveries.getOrDefault(id, Delivery.DIRECT);
    }

    public Lab onStart(String id, Function<ComponentContext, Future<?>> work) {
        starts.put(id, work);
        return this;
    }

    public Lab onStop(String id, Function<ComponentContext, Future<?>> work) {
        stops.put(id, work);
        return this;
    }

    /** Lines such as {@code traces/a: rx, cx | px, lim/50 | ex, ex1/b}, and one such as {@code extensions: zx, zx1}. */
    public LoadedConfig config(String... lines) {
        Map<String, Map<ComponentId, Configured>> sections = new LinkedHashMap<>();
        for (String kind : List.of("r", "p", "e", "c", "z")) {
            sections.put(kind, new LinkedHashMap<>());
        }
        Map<PipelineId, PipelineConfig> pipelines = new LinkedHashMap<>();
        List<ComponentId> extensions = new ArrayList<>();
        for (String line : lines) {
            String name = line.substring(0, line.indexOf(':'));
            String rest = line.substring(line.indexOf(':') + 1);
            if (name.equals("extensions")) {
                extensions.addAll(ids(rest, sections));
            } else {
                String[] parts = rest.split("\\|", -1);
                pipelines.put(
                        pipeline(name),
                        new PipelineConfig(ids(parts[0], sections), ids(parts[1], sections), ids(parts[2], sections)));
            }
        }
        return new LoadedConfig(
                sections.get("r"),
                sections.get("p"),
                sections.get("e"),
                sections.get("c"),
                sections.get("z"),
                new ServiceConfig(extensions, pipelines, TelemetryConfig.DEFAULT),
                ConfigNode.MapNode.empty(),
                List.of());
    }

    public List<Telemetry> received(String exporter) {
        return received.getOrDefault(exporter, List.of());
    }

    public int items(String exporter) {
        return received(exporter).stream().mapToInt(Telemetry::items).sum();
    }

    public static PipelineId pipeline(String name) {
        int slash = name.indexOf('/');
        String signal = slash < 0 ? name : name.substring(0, slash);
        return new PipelineId(
                Arrays.stream(Signal.values())
                        .filter(each -> each.key().equals(signal))
                        .findFirst()
                        .orElseThrow(),
                slash < 0 ? "" : name.substring(slash + 1));
    }

    private List<ComponentId> ids(String list, Map<String, Map<ComponentId, Configured>> sections) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(ComponentId::parse)
                .peek(id -> {
                    String kind = id.type().equals("lim") ? "p" : id.type().substring(0, 1);
                    sections.get(kind)
                            .computeIfAbsent(
                                    id,
                                    key -> new Configured(key, factories.of(id.type()), LabFactories.configOf(key)));
                })
                .toList();
    }

    private Future<Outcome> got(String id, Telemetry batch) {
        received.computeIfAbsent(id, key -> new CopyOnWriteArrayList<>()).add(batch);
        threadOf.put(batch, Thread.currentThread());
        threads.computeIfAbsent(id, key -> new CopyOnWriteArrayList<>()).add(Thread.currentThread());
        Function<Telemetry, Future<Outcome>> answer = answers.get(id);
        return answer == null ? Outcome.accepted() : answer.apply(batch);
    }

    /** What all have in common: they tell when they start and stop. */
    public class Part implements Component {
        public final ComponentContext context;

        Part(ComponentContext context) {
            this.context = context;
            creations.getOrDefault(context.id().toString(), () -> {}).run();
        }

        @Override
        public Future<?> start() {
            events.add("start " + context.id());
            return starts.getOrDefault(context.id().toString(), any -> Future.succeededFuture())
                    .apply(context);
        }

        @Override
        public Future<?> stop() {
            events.add("stop " + context.id());
            return stops.getOrDefault(context.id().toString(), any -> Future.succeededFuture())
                    .apply(context);
        }
    }

    /** Answers that are held back, each to be given on the loop that asked. */
    public static final class Held {
        private final java.util.Queue<java.util.function.Consumer<Outcome>> waiting =
                new java.util.concurrent.ConcurrentLinkedQueue<>();

        private Future<Outcome> take(Telemetry batch) {
            Promise<Outcome> answer = Promise.promise();
            Context loop = Vertx.currentContext();
            waiting.add(outcome -> loop.runOnContext(now -> answer.complete(outcome)));
            return answer.future();
        }

        public int count() {
            return waiting.size();
        }

        /** Answers the oldest. */
        public void release(Outcome outcome) {
            waiting.remove().accept(outcome);
        }
    }

    /** A receiver that a test puts batches into. */
    public final class Source extends Part implements Receiver {
        public final Outputs outputs;
        private final Loop loop;

        Source(Outputs outputs, ComponentContext context) {
            super(context);
            this.outputs = outputs;
            loop = Loop.current(0, Vertx.currentContext());
            sources.add(this);
        }

        /** Puts a batch into all pipelines of its signal, on the receiver's own loop. */
        public Future<Outcome> put(Telemetry batch) {
            return loop.call(() -> outputs.to(batch.signal()).consume(batch));
        }

        /** The answer as it is right after the batch was put in: done or not. */
        public Future<Outcome> putNow(Telemetry batch) {
            return loop.call(() ->
                            Future.succeededFuture(outputs.to(batch.signal()).consume(batch)))
                    .await();
        }

        public <T> Future<T> onLoop(java.util.function.Supplier<Future<T>> work) {
            return loop.call(work);
        }
    }

    final class Stage extends Part implements Processor {
        private final TelemetryConsumer next;

        Stage(TelemetryConsumer next, ComponentContext context) {
            super(context);
            this.next = next;
        }

        @Override
        public Future<Outcome> consume(Telemetry batch) {
            return got(context.id().toString(), batch)
                    .compose(outcome -> outcome instanceof Outcome.Accepted
                            ? next.consume(batch)
                            : Future.succeededFuture(outcome));
        }
    }

    final class Sink extends Part implements Exporter {
        Sink(ComponentContext context) {
            super(context);
        }

        @Override
        public Future<Outcome> consume(Telemetry batch) {
            return got(context.id().toString(), batch);
        }
    }

    final class Link extends Part implements Connector {
        private final Outputs outputs;

        Link(Outputs outputs, ComponentContext context) {
            super(context);
            this.outputs = outputs;
        }

        @Override
        public Future<Outcome> consume(Telemetry batch) {
            Signal to = context.id().type().startsWith("cxm") ? Signal.METRICS : batch.signal();
            return got(context.id().toString(), batch)
                    .compose(ok ->
                            outputs.to(to).consume(Telemetry.of(to, batch.wire(), batch.items(), batch.origin())));
        }
    }

    final class Aid extends Part implements Extension {
        Aid(ComponentContext context) {
            super(context);
        }
    }
}
