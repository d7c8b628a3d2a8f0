package dev.sluice.transport.tls;

import dev.sluice.api.ComponentContext;
import dev.sluice.api.Timer;
import io.vertx.core.Future;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts new keys, certificates and CAs to use while a component runs. Connections that are open keep what they were made with. What
 * does not parse, or where the key is not the certificate's, is reported once a time and the old stays in use.
 */
public final class TlsReload {
    private final ComponentContext context;
    private final Callable<TlsMaterial> read;
    private final Function<TlsMaterial, Future<?>> apply;
    private final @Nullable Timer timer;
    private TlsMaterial current;
    private boolean busy;

    private TlsReload(
            ComponentContext context,
            Duration every,
            TlsMaterial current,
            Callable<TlsMaterial> read,
            Function<TlsMaterial, Future<?>> apply) {
        this.context = context;
        this.current = current;
        this.read = read;
        this.apply = apply;
        this.timer = every.isPositive() ? context.every(every, this::look) : null;
    }

    /** {@code current} is in use; {@code apply} is {@code HttpServer.updateSSLOptions} or the like. Works on the component's loop. */
    public static TlsReload server(
            ComponentContext context,
            ServerTlsConfig config,
            TlsMaterial current,
            Function<ServerSSLOptions, Future<?>> apply) {
        return new TlsReload(
                context,
                config.reloadEvery(),
                current,
                () -> TlsMaterial.read(config, context.vertx()),
                material -> apply.apply(material.options(config)));
    }

    /** {@code current} is in use; {@code apply} is {@code HttpClientAgent.updateSSLOptions} or the like. Works on the component's loop. */
    public static TlsReload client(
            ComponentContext context,
            ClientTlsConfig config,
            TlsMaterial current,
            Function<ClientSSLOptions, Future<?>> apply) {
        return new TlsReload(
                context,
                config.common().reloadInterval(),
                current,
                () -> TlsMaterial.read(config, context.vertx()),
                material -> apply.apply(material.options(config)));
    }

    /** Legal twice. */
    public void stop() {
        if (timer != null) {
            timer.cancel();
        }
    }

    private void look() {
        if (busy) {
            return;
        }
        busy = true;
        context.blocking(read)
                .compose(this::use)
                .onFailure(failure ->
                        context.log().warn("Keeping the TLS key, certificate and CA in use: {}", failure.getMessage()))
                .onComplete(done -> busy = false);
    }

    private Future<?> use(TlsMaterial read) {
        if (read.equals(current)) {
            return Future.succeededFuture();
        }
        return apply.apply(read).onSuccess(done -> {
            current = read;
            if (context.first()) {
                context.log().info("Reloaded TLS key, certificate and CA");
            }
        });
    }
}
