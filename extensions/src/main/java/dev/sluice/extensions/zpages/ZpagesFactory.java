package dev.sluice.extensions.zpages;

import com.google.auto.service.AutoService;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ComponentType;
import dev.sluice.api.Extension;
import dev.sluice.api.ExtensionFactory;
import dev.sluice.api.Stability;

/** Makes {@code zpages} extensions. */
@AutoService(ComponentFactory.class)
@SuppressWarnings("rawtypes") // a service is named by its raw type
public final class ZpagesFactory implements ExtensionFactory<ZpagesConfig> {
    @Override
    public ComponentType type() {
        return ComponentType.of("zpages");
    }

    @Override
    public String summary() {
        return "Shows the running service: its pipelines with live rates, rules and alerts, extensions and feature gates.";
    }

    @Override
    public ZpagesConfig defaultConfig() {
        return ZpagesConfig.DEFAULT;
    }

    @Override
    public Stability stability() {
        return Stability.BETA;
    }

    @Override
    public Extension create(ZpagesConfig config, ComponentContext context) {
        return new ZpagesExtension(config, context);
    }
}
