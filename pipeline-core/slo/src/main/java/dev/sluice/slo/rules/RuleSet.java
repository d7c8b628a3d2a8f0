package dev.sluice.slo.rules;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Timer;
import dev.sluice.otlp.Bytes;
import dev.sluice.promql.histogram.NativeHistogram;
import dev.sluice.promql.rules.Expander;
import dev.sluice.promql.rules.GroupSpec;
import dev.sluice.promql.rules.RuleGroup;
import dev.sluice.promql.rules.SavedGroup;
import dev.sluice.promql.series.Labels;
import dev.sluice.promql.syntax.ParseException;
import dev.sluice.slo.series.SampleBatch;
import dev.sluice.slo.series.SeriesStore;
import dev.sluice.slo.series.Watermark;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rules at work: takes samples, evaluates groups when they are due and tells of the results. On one loop, which it keeps for a little while at a time:
 * after each piece of a rule it looks whether others should have their turn.
 */
public final class RuleSet {
    /** Rules are evaluated for so long before the loop may turn to something else. */
    private static final long BUDGET = Duration.ofMillis(20).toNanos();

    /** Samples that come so close together are looked at together. */
    private static final Duration GATHER = Duration.ofMillis(100);

    /** So many samples of rules are told of together: to make a request of them takes some milliseconds. */
    private static final int MOST_WRITTEN = 2000;

    private static final long NANOS = 1_000_000;

    private final ComponentContext context;
    private final SeriesStore store;
    private final Watermark watermark;
    private final RuleMeters meters;
    private final RuleOutput output;
    private final long resendDelay;
    private final List<Agenda> agendas = new ArrayList<>();
    private final Map<RuleGroup, Notices> notices = new HashMap<>();
    private final SeriesRequest written = new SeriesRequest();

    /** What is due, and what is being evaluated. */
    private final Queue<Work> queue = new ArrayDeque<>();

    private @Nullable Timer timer;
    private long wakeAt;
    private boolean stopped;

    /** An evaluation that is due. */
    private static final class Work {
        private final Agenda agenda;
        private final long time;
        /** Nanoseconds that the evaluation has taken: all of it, and the rule that it is at. */
        private long took;

        private long ruleTook;
        private RuleGroup.@Nullable Evaluation evaluation;
        /** Only telling of alerts is left. */
        private boolean evaluated;

        private Work(Agenda agenda, long time) {
            this.agenda = agenda;
            this.time = time;
        }
    }

    /**
     * @param store takes the samples, and is nobody else's
     * @param resendDelay after which alerts that fire are told of again
     * @throws ParseException where an expression is not PromQL
     */
    RuleSet(
            List<GroupSpec> groups,
            EvaluationConfig evaluation,
            Duration resendDelay,
            SeriesStore store,
            Expander expander,
            RuleMeters meters,
            RuleOutput output,
            ComponentContext context)
            throws ParseException {
        this.store = store;
        this.meters = meters;
        this.output = output;
        this.context = context;
        this.resendDelay = resendDelay.toMillis();
        long lateness = evaluation.allowedLateness().toMillis();
        // What has not come for as long as anything may be late will not come: from then on time passes by the clock.
        watermark = new Watermark(lateness, lateness);
        for (GroupSpec spec : groups) {
            RuleGroup group = new RuleGroup(spec, expander);
            agendas.add(new Agenda(group, evaluation.mode(), now()));
            notices.put(group, new Notices(group, store, meters));
        }
    }

    /** How many series are kept. */
    int series() {
        return store.size();
    }

    /** The groups in their order. */
    public List<RuleGroup> groups() {
        return agendas.stream().map(Agenda::group).toList();
    }

    /** The groups with when they are evaluated. */
    List<Agenda> agendas() {
        return Collections.unmodifiableList(agendas);
    }

    void start() {
        wake(now());
    }

    /** Evaluates no more. Alerts that have changed already are told of. */
    void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel();
        }
        Work current = queue.peek();
        if (current != null && current.evaluation != null) {
            // Nobody would tell of it later.
            boolean all = false;
            while (!all) {
                all = tell(current);
            }
        }
        queue.clear();
    }

    /** Takes samples, and sees to it that they are evaluated soon. */
    void accept(SampleBatch batch) {
        long now = now();
        store.accept(batch, now);
        watermark.observe(store.newest(), now);
        batch.groups().stream().forEach(place -> agendas.get(place).sampled(store.newest()));
        wakeBy(now + GATHER.toMillis());
    }

    private void wakeBy(long time) {
        if (stopped || (timer != null && wakeAt <= time)) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        wakeAt = time;
        timer = context.after(Duration.ofMillis(Math.max(1, time - now())), () -> {
            timer = null;
            wake(now());
        });
    }

    private void wake(long now) {
        if (queue.isEmpty()) {
            long complete = watermark.evaluationTime(now);
            store.settle(complete);
            for (Agenda agenda : agendas) {
                long missed = agenda.missed();
                for (Long due = agenda.due(now, complete, watermark.reached(now));
                        due != null;
                        due = agenda.due(now, complete, watermark.reached(now))) {
                    queue.add(new Work(agenda, due));
                }
                meters.missed(agenda.group(), agenda.missed() - missed);
            }
        }
        work();
        if (!queue.isEmpty()) {
            wakeBy(now() + 1);
            return;
        }
        meters.kept(store.size(), store.groups());
        agendas.stream()
                .mapToLong(agenda -> agenda.next(now, watermark.reached(now)))
                .min()
                .ifPresent(this::wakeBy);
    }

    private void work() {
        long until = context.clock().nanoTime() + BUDGET;
        for (Work work = queue.peek(); work != null && context.clock().nanoTime() < until; work = queue.peek()) {
            if (step(work)) {
                queue.remove();
            }
        }
    }

    /** Evaluates a piece of a rule, or tells of some alerts; true if it was the last one of the group. */
    private boolean step(Work work) {
        return work.evaluated ? tell(work) : evaluate(work);
    }

    private boolean tell(Work work) {
        return notices(work).tell(work.time, now(), output);
    }

    private Notices notices(Work work) {
        return Objects.requireNonNull(notices.get(work.agenda.group()));
    }

    private boolean evaluate(Work work) {
        RuleGroup group = work.agenda.group();
        Notices told = notices(work);
        RuleGroup.Evaluation evaluation = work.evaluation;
        if (evaluation == null) {
            evaluation = group.new Evaluation(store, work.time, this::write, told, resendDelay);
            work.evaluation = evaluation;
        }
        long began = context.clock().nanoTime();
        boolean ruleDone = evaluation.hasNext() && evaluation.next();
        long took = context.clock().nanoTime() - began;
        work.took += took;
        work.ruleTook += took;
        if (ruleDone) {
            meters.ruleEvaluated(work.ruleTook);
            work.ruleTook = 0;
        }
        boolean last = !evaluation.hasNext();
        if (last || written.size() >= MOST_WRITTEN) {
            Bytes series = written.take();
            if (!series.isEmpty()) {
                output.series(series);
            }
        }
        if (!last) {
            return false;
        }
        work.agenda.evaluated(now(), work.took / NANOS);
        meters.evaluated(group, evaluation.failures(), work.took);
        told.addPending(work.time);
        work.evaluated = true;
        return tell(work);
    }

    private boolean write(Labels labels, long time, double value, @Nullable NativeHistogram histogram) {
        if (!store.append(labels, time, value, histogram)) {
            return false;
        }
        if (histogram == null) {
            written.add(labels, time, value);
        }
        return true;
    }

    /** Goes on where a set was before a restart. */
    void restore(RulesState saved) {
        goOn(
                saved.groups(),
                SavedGroup::name,
                (agenda, before) -> {
                    agenda.group().restore(before, now());
                    agenda.goOn(before.evaluatedAt());
                },
                RuleGroup::end);
        store.restore(saved.series(), saved.panes(), saved.newest());
        watermark.observe(store.newest(), now());
    }

    /** Goes on where another set was: alerts stay as they are in groups and rules that are the same. The other is not to be used any more. */
    void takeOver(RuleSet older) {
        goOn(
                older.agendas,
                agenda -> agenda.group().toString(),
                (agenda, before) -> {
                    agenda.group().takeOver(before.group());
                    agenda.takeOver(before);
                },
                (group, gone) -> group.end(gone.group()));
        store.takeOver(older.store);
        watermark.observe(store.newest(), now());
    }

    /**
     * Goes on with the groups that were there before, each found by its name. Of those that are no more the first group ends the series.
     *
     * @param <G> what is known of a group from before
     */
    private <G> void goOn(
            List<G> before, Function<G, String> name, BiConsumer<Agenda, G> next, BiConsumer<RuleGroup, G> end) {
        Map<String, G> byName = new HashMap<>();
        before.forEach(group -> byName.put(name.apply(group), group));
        for (Agenda agenda : agendas) {
            G same = byName.remove(agenda.group().toString());
            if (same != null) {
                next.accept(agenda, same);
            }
        }
        if (!agendas.isEmpty()) {
            byName.values().forEach(gone -> end.accept(agendas.getFirst().group(), gone));
        }
    }

    private long now() {
        return Math.floorDiv(context.clock().epochNanos(), NANOS);
    }
}
