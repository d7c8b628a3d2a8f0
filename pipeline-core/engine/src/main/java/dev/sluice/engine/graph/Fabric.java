package dev.sluice.engine.graph;

import dev.sluice.api.Admission;
import dev.sluice.api.Boosts;
import dev.sluice.api.ComponentId;
import dev.sluice.api.Extension;
import dev.sluice.api.Placement;
import dev.sluice.api.RuleReport;
import dev.sluice.api.Telemetry;
import dev.sluice.api.config.MemoryLimit;
import dev.sluice.api.config.QueueConfig;
import dev.sluice.engine.config.Factories.Kind;
import dev.sluice.engine.queue.SendingQueue;
import dev.sluice.otlp.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What ties the graphs of one plan together across the loops: exchanges, queues, the byte budget, extensions, boosts. */
public final class Fabric {
    private final GraphPlan plan;
    private final Common common;
    private final ByteBudget budget;
    private final Estate inherited;
    private final Estate left = new Estate();
    private final Map<Node, List<Exchange<Telemetry>>> exchanges = new HashMap<>();
    private final Map<Node, Exchange<Object>> channels = new HashMap<>();
    private final Map<String, Supplier<RuleReport>> reports = new LinkedHashMap<>();
    private final Map<Node, Map<Signal, SendingQueue>> queues = new HashMap<>();
    private final List<Map<ComponentId, Extension>> extensions = new ArrayList<>();
    /** Each loop makes its own. */
    private final @Nullable BoostBoard[] boards;

    /**
     * @param maxHeap in bytes
     * @param inherited what the configuration before left
     */
    public Fabric(GraphPlan plan, Common common, long maxHeap, Estate inherited) {
        this.inherited = inherited;
        this.plan = plan;
        this.common = common;
        budget = new ByteBudget(maxHeap);
        boards = new BoostBoard[common.loops()];
        plan.nodes().forEach(this::prepare);
        for (int i = 0; i < common.loops(); i++) {
            extensions.add(new HashMap<>());
        }
    }

    private void prepare(Node node) {
        if (common.loops() > 1 && node.placement() != Placement.EVERY_LOOP && node.kind() != Kind.RECEIVER) {
            int targets = node.placement() == Placement.ONE_LOOP ? 1 : common.loops();
            List<Exchange<Telemetry>> ways = new ArrayList<>();
            for (int i = 0; i < targets; i++) {
                ways.add(new Exchange<>(Exchange.CAPACITY));
            }
            exchanges.put(node, ways);
        }
        if (common.loops() > 1 && node.configured().factory().gathers()) {
            channels.put(node, new Exchange<>(Exchange.CAPACITY));
        }
        QueueConfig queue = node.kind() == Kind.EXPORTER ? Creation.queue(node.configured()) : null;
        if (queue != null) {
            Map<Signal, SendingQueue> bySignal = new EnumMap<>(Signal.class);
            for (GraphPlan.Pipeline pipeline : plan.endingIn(node)) {
                bySignal.computeIfAbsent(
                        pipeline.id().signal(),
                        signal -> new SendingQueue(
                                signal, queue, budget, common.meters().of(Kind.EXPORTER.word(), node.id(), Map.of())));
            }
            queues.put(node, bySignal);
        }
    }

    GraphPlan plan() {
        return plan;
    }

    Common common() {
        return common;
    }

    Estate inherited() {
        return inherited;
    }

    /** Who tells of rules, by the words for the node. On the first loop only. */
    public Map<String, Supplier<RuleReport>> reports() {
        return reports;
    }

    /** What these graphs leave to those of the next configuration; complete once all have stopped. */
    public Estate left() {
        return left;
    }

    /** The ways to a node's instances, by the index of their loops; empty if no loop needs one. */
    List<Exchange<Telemetry>> exchanges(Node node) {
        return exchanges.getOrDefault(node, List.of());
    }

    /** The way between the node's instances; null where there is only one, or they have nothing to tell each other. */
    @Nullable
    Exchange<Object> channel(Node node) {
        return channels.get(node);
    }

    Map<Signal, SendingQueue> queues(Node exporter) {
        return queues.getOrDefault(exporter, Map.of());
    }

    /** The budget as a component sees it: receivers before a memory limiter are held to its limits. */
    Admission admission(Node node) {
        MemoryLimit limit = node.kind() == Kind.RECEIVER ? plan.limit(node) : null;
        return limit == null ? budget : budget.limited(limit);
    }

    /** What samplers on the loop keep whole. Call it there. */
    Boosts boosts(Node node, Loop loop) {
        BoostBoard board = boards[loop.index()];
        if (board == null) {
            board = new BoostBoard(loop);
            boards[loop.index()] = board;
        }
        return board.of(
                node, () -> Arrays.stream(boards).filter(Objects::nonNull).toList());
    }

    void publish(Loop loop, ComponentId id, Extension extension) {
        extensions.get(loop.index()).put(id, extension);
    }

    /** The loop's own extension, or the only one there is, which must then bear calls from any thread. */
    @Nullable
    Extension extension(ComponentId id, Loop loop) {
        Extension own = extensions.get(loop.index()).get(id);
        return own != null ? own : extensions.getFirst().get(id);
    }
}
