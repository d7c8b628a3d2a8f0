package dev.sluice.transport.server;

import org.jspecify.annotations.Nullable;

/** Since when an HTTP/1 connection is in which state, and what takes too long. */
final class Http1Times {
    private static final long NEVER = Long.MIN_VALUE;

    private final HttpServing serving;
    private long headSince = NEVER;
    private long quietSince;
    private long endingSince = NEVER;
    private long lingersSince = NEVER;
    private long drainedSince = NEVER;

    Http1Times(HttpServing serving) {
        this.serving = serving;
        this.quietSince = serving.now();
    }

    /** A request has begun to come; called again while it does. */
    void headBegins() {
        if (headSince == NEVER) {
            headSince = serving.now();
        }
    }

    void headCame() {
        headSince = NEVER;
    }

    /** Nothing is under way. */
    void rests() {
        quietSince = serving.now();
    }

    /** The listener stops. */
    void drains() {
        drainedSince = serving.now();
    }

    boolean draining() {
        return drainedSince != NEVER;
    }

    /** The last answer goes out. */
    void ends() {
        endingSince = serving.now();
    }

    boolean ending() {
        return endingSince != NEVER;
    }

    /** The last answer has gone out to a client that may still send. */
    void lingers() {
        lingersSince = serving.now();
    }

    /** Whether nothing will be answered any more. */
    boolean over() {
        return ending() || lingersSince != NEVER;
    }

    /** @param call what is under way */
    boolean late(@Nullable Http1Call call, long now) {
        HttpServerConfig config = serving.config();
        if (lingersSince != NEVER) {
            return now - lingersSince >= Limits.LINGER;
        }
        if (endingSince != NEVER) {
            return Limits.passed(Limits.nanos(config.writeTimeout()), endingSince, now) || stops(now);
        }
        if (call == null) {
            return headSince != NEVER
                    ? now - headSince >= Limits.headers(config.readHeaderTimeout())
                    : Limits.passed(Limits.nanos(config.idleTimeout()), quietSince, now);
        }
        if (call.requestEnded()) {
            return Limits.passed(Limits.nanos(config.writeTimeout()), call.started(), now);
        }
        return Limits.tooSlow(now - call.started(), call.received())
                || Limits.passed(Limits.nanos(config.readTimeout()), call.started(), now)
                || stops(now);
    }

    private boolean stops(long now) {
        return draining() && now - drainedSince >= Limits.STOPPING;
    }
}
