package dev.sluice.engine.service;

import dev.sluice.engine.graph.Lab;
import dev.sluice.engine.graph.LabMeters;
import dev.sluice.engine.telemetry.WorkTracer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A service of laboratory components on real loops. */
final class ServiceRig implements AutoCloseable {
    final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(4));
    final Lab lab = new Lab();
    final LabMeters meters = new LabMeters();
    final int loops;

    @Nullable
    WorkTracer tracer;

    ServiceRig(int loops) {
        this.loops = loops;
    }

    SluiceService start(String... lines) {
        return SluiceService.start(vertx, lab.config(lines), options()).await();
    }

    ServiceOptions options() {
        return ServiceOptions.of(meters, "1.2.3")
                .withLoops(loops)
                .withDrainDeadline(Duration.ofSeconds(10))
                .withTracer(tracer);
    }

    /** What happened, each event once for all the loops it happened on at the same step. */
    List<String> steps() {
        List<String> steps = new ArrayList<>();
        for (String event : lab.events) {
            if (steps.isEmpty() || !steps.getLast().equals(event)) {
                steps.add(event);
            }
        }
        return steps;
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
