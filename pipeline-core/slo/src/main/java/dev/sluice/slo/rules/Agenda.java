package dev.sluice.slo.rules;

import dev.sluice.promql.rules.Alert;
import dev.sluice.promql.rules.AlertState;
import dev.sluice.promql.rules.AlertingRule;
import dev.sluice.promql.rules.Rule;
import dev.sluice.promql.rules.RuleGroup;
import org.jspecify.annotations.Nullable;

/** When one group is to be evaluated next, and for what time. Times are milliseconds since 1970; no time is evaluated twice. */
final class Agenda {
    /** Between two evaluations because of samples lies at least so much time, so that samples that come together are seen together. */
    static final long PAUSE = 1000;

    /** After an evaluation that took t, the next one because of samples comes no earlier than 9 t later: a tenth of the loop is enough. */
    private static final int REST = 9;

    /** So many evaluations are made up for. Those before are missed. */
    private static final long BACKLOG = 20;

    private static final long NEVER = Long.MAX_VALUE;

    /** Something is looked at after this time at the latest. */
    private static final long LONGEST = 60_000;

    private final RuleGroup group;
    private final boolean ticks;
    private final boolean events;

    /** The last time of the group's grid that was seen to. */
    private long slot;

    private long evaluated = Long.MIN_VALUE;
    /** Samples up to this time have come. */
    private long sampled = Long.MIN_VALUE;

    private long restUntil;
    /** When a {@code for} or {@code keep_firing_for} ends. */
    private long deadline = NEVER;

    private long missed;
    private long took;

    Agenda(RuleGroup group, EvaluationMode mode, long now) {
        this.group = group;
        ticks = mode != EvaluationMode.EVENT;
        events = mode != EvaluationMode.INTERVAL;
        slot = group.slot(now);
    }

    RuleGroup group() {
        return group;
    }

    /** Samples that the group reads have come, the newest of that time. */
    void sampled(long newest) {
        sampled = Math.max(sampled, newest);
    }

    /**
     * The time to evaluate the group for, or null if nothing is due.
     *
     * @param complete up to when samples are taken to be complete
     * @param reached what time it is for those who send
     */
    @Nullable
    Long due(long now, long complete, long reached) {
        Long due = events ? dueByEvents(now, complete, reached) : dueOnGrid(complete);
        evaluated = due == null ? evaluated : due;
        return due;
    }

    private @Nullable Long dueByEvents(long now, long complete, long reached) {
        if (deadline <= reached) {
            long at = deadline;
            deadline = NEVER;
            if (at > evaluated) {
                return at;
            }
        }
        boolean tick = false;
        if (ticks && group.slot(now) > slot) {
            missed += (group.slot(now) - slot) / group.spec().interval() - 1;
            slot = group.slot(now);
            tick = true;
        }
        boolean event = sampled > evaluated && now >= restUntil;
        long at = tick ? complete : Math.min(complete, sampled);
        return (tick || event) && at > evaluated ? at : null;
    }

    private @Nullable Long dueOnGrid(long complete) {
        long interval = group.spec().interval();
        long last = group.slot(complete);
        if (last <= slot) {
            return null;
        }
        long next = Math.max(slot + interval, last - (BACKLOG - 1) * interval);
        missed += (next - slot) / interval - 1;
        slot = next;
        return next;
    }

    /** The group was evaluated, which took so many milliseconds. */
    void evaluated(long now, long took) {
        this.took = took;
        restUntil = now + Math.max(PAUSE, REST * took);
        deadline = NEVER;
        if (events) {
            for (Rule rule : group.rules()) {
                if (rule instanceof AlertingRule alerting && alerting.state() != AlertState.INACTIVE) {
                    alerting.alerts().forEach(alert -> deadline = Math.min(deadline, deadline(alerting, alert)));
                }
            }
        }
    }

    private static long deadline(AlertingRule rule, Alert alert) {
        return switch (alert.state()) {
            case PENDING -> alert.activeAt() + rule.spec().holdFor();
            case FIRING ->
                alert.keepFiringSince() == 0
                        ? NEVER
                        : alert.keepFiringSince() + rule.spec().keepFiringFor();
            case INACTIVE -> NEVER;
        };
    }

    /** When to look again, if no sample comes before. */
    long next(long now, long reached) {
        if (!events) {
            return now + Math.min(PAUSE, group.spec().interval());
        }
        long next = now + Math.clamp(deadline - reached, 0, LONGEST);
        if (ticks) {
            next = Math.min(next, group.slot(now) + group.spec().interval());
        }
        return sampled > evaluated ? Math.min(next, restUntil > now ? restUntil : now + PAUSE) : next;
    }

    /** How many evaluations were missed up to now, before reloads too. */
    long missed() {
        return missed;
    }

    /** How many milliseconds the last evaluation took. */
    long took() {
        return took;
    }

    /** Goes on where the agenda of the same group was before it was changed. */
    void takeOver(Agenda older) {
        evaluated = older.evaluated;
        sampled = older.sampled;
        deadline = older.deadline;
        missed = older.missed;
        took = older.took;
    }

    /** Goes on after a restart. */
    void goOn(long evaluatedAt) {
        evaluated = evaluatedAt;
    }
}
