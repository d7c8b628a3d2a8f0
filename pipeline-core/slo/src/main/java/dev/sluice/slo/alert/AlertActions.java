package dev.sluice.slo.alert;

import dev.sluice.api.Boost;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.Timer;
import dev.sluice.gotext.GoDuration;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Does what {@code actions} ask for about alerts. On one loop. */
public final class AlertActions {
    /** Samplers compare each item with all of them. */
    static final int MOST = 100;

    private static final long NANOS = 1_000_000;

    private final List<ActionConfig> actions;
    private final ComponentContext context;
    private final AlertLatency latency;
    private final Map<Key, Running> running = new LinkedHashMap<>();

    /** @param actions valid */
    public AlertActions(List<ActionConfig> actions, ComponentContext context) {
        this.actions = List.copyOf(actions);
        this.context = context;
        this.latency = new AlertLatency(context);
    }

    /**
     * Begins and ends actions as the notices say. Of repeats it learns what fires already when it is new, as after a restart. The future succeeds when
     * what they ask for is in force.
     */
    public Future<?> on(List<AlertNotice> notices) {
        boolean changed = false;
        List<AlertNotice> begun = new ArrayList<>();
        for (AlertNotice notice : notices) {
            for (int i = 0; i < actions.size(); i++) {
                ActionConfig.SamplingBoost boost = actions.get(i).samplingBoost();
                if (boost != null && heard(new Key(i, notice.fingerprint()), notice, boost)) {
                    changed = true;
                    begun.add(notice);
                }
            }
        }
        return changed ? publish().onSuccess(known -> begun.forEach(latency::acted)) : Future.succeededFuture();
    }

    /** Ends all actions. Legal twice. */
    public Future<?> stop() {
        running.values().forEach(one -> one.timer.cancel());
        running.clear();
        return publish();
    }

    /** Whether anything changed. */
    private boolean heard(Key key, AlertNotice notice, ActionConfig.SamplingBoost config) {
        return switch (notice.phase()) {
            case PENDING -> false;
            case FIRING -> !running.containsKey(key) && begin(key, notice, config);
            case RESOLVED -> end(key);
        };
    }

    private boolean begin(Key key, AlertNotice notice, ActionConfig.SamplingBoost config) {
        long fired = notice.times().firedAt();
        Duration left = config.duration().minusNanos(context.clock().epochNanos() - fired * NANOS);
        Boost boost = AlertedTelemetry.of(notice.labels(), config.match());
        if (!left.isPositive() || boost == null) {
            return false;
        }
        if (running.size() == MOST) {
            context.log().warn("{} boosts are in force, which is the most: none for {}", MOST, notice.labels());
            return false;
        }
        Timer timer = context.after(left, () -> {
            running.remove(key);
            publish();
        });
        running.put(key, new Running(boost, timer));
        context.log()
                .info(
                        "Samplers keep everything of {} for {}",
                        notice.labels(),
                        GoDuration.string(left.truncatedTo(ChronoUnit.SECONDS)));
        return true;
    }

    private boolean end(Key key) {
        Running ended = running.remove(key);
        if (ended == null) {
            return false;
        }
        ended.timer.cancel();
        return true;
    }

    private Future<?> publish() {
        return context.boosts()
                .publish(
                        running.values().stream().map(Running::boost).distinct().toList());
    }

    private record Key(int action, String fingerprint) {}

    private record Running(Boost boost, Timer timer) {}
}
