package dev.sluice.extensions.healthcheck;

import com.google.auto.service.AutoService;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ComponentType;
import dev.sluice.api.Extension;
import dev.sluice.api.ExtensionFactory;
import dev.sluice.api.Stability;

/** Makes {@code health_check} extensions. */
@AutoService(ComponentFactory.class)
@SuppressWarnings("rawtypes") // a service is named by its raw type
public final class HealthCheckFactory implements ExtensionFactory<HealthCheckConfig> {
    private static final String COMPONENT_STATUS = "extension.healthcheck.useComponentStatus";

    @Override
    public ComponentType type() {
        return ComponentType.of("health_check");
    }

    @Override
    public String summary() {
        return "Tells over HTTP whether the service is ready.";
    }

    @Override
    public HealthCheckConfig defaultConfig() {
        return HealthCheckConfig.DEFAULT;
    }

    @Override
    public Stability stability() {
        return Stability.ALPHA;
    }

    @Override
    public Extension create(HealthCheckConfig config, ComponentContext context) {
        boolean gate = context.service().featureGates().getOrDefault(COMPONENT_STATUS, false);
        if (config.http() != null) {
            return new HealthCheckExtension(
                    config.http().server(), new StatusPage(config.http().status(), context), context);
        }
        Probe probe = gate
                ? new StatusPage(new HealthCheckConfig.StatusPath(true, config.path(), true), context)
                : new ReadyPage(config, context);
        return new HealthCheckExtension(config.server(), probe, context);
    }
}
