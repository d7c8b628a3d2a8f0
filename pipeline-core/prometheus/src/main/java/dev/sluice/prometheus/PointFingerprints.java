package dev.sluice.prometheus;

import dev.sluice.otlp.view.MetricView;
import dev.sluice.otlp.view.MetricsView;
import dev.sluice.otlp.view.PointView;
import java.util.random.RandomGenerator;

/** The fingerprints of a request's data points, by all that makes them series: resource, scope, metric and attributes. */
public final class PointFingerprints {
    private final Fingerprint resource;
    private final Fingerprint scope;
    private final Fingerprint metric;
    private final Fingerprint point;
    private final Fingerprint scratch;
    private int resourceNumber;
    private int scopeNumber;

    /** By a seed of its own. */
    public PointFingerprints() {
        long seed = RandomGenerator.getDefault().nextLong();
        resource = new Fingerprint(seed);
        scope = new Fingerprint(seed);
        metric = new Fingerprint(seed);
        point = new Fingerprint(seed);
        scratch = new Fingerprint(seed);
    }

    /** Before the first metric of a request. */
    public void begin() {
        resourceNumber = 0;
        scopeNumber = 0;
    }

    /** The view has come to another metric. */
    public void metric(MetricsView at) {
        if (at.resourceNumber() != resourceNumber) {
            resourceNumber = at.resourceNumber();
            resource.clear()
                    .add(
                            at.resource().array(),
                            at.resource().start(),
                            at.resource().length());
        }
        if (at.scopeNumber() != scopeNumber) {
            scopeNumber = at.scopeNumber();
            scope.set(resource)
                    .add(at.scope().array(), at.scope().start(), at.scope().length())
                    .add(at.scope().schemaUrl());
        }
        MetricView view = at.metric();
        metric.set(scope)
                .add(view.array(), view.nameStart(), view.nameLength())
                .add(view.array(), view.unitStart(), view.unitLength())
                .add(view.kind().name())
                .add(view.temporality() << 1 | (view.isMonotonic() ? 1 : 0));
    }

    /** Of a point of that metric. The same object at every call. */
    public Fingerprint point(PointView view) {
        return point.set(metric).add(view.attributes(), scratch);
    }

    /** Of the resource of that metric. The same object at every call. */
    public Fingerprint resource() {
        return resource;
    }
}
