package dev.sluice.extensions.filestorage;

import com.google.auto.service.AutoService;
import dev.sluice.api.ComponentContext;
import dev.sluice.api.ComponentFactory;
import dev.sluice.api.ComponentType;
import dev.sluice.api.Extension;
import dev.sluice.api.ExtensionFactory;
import dev.sluice.api.Stability;

/** Makes {@code file_storage} extensions. */
@AutoService(ComponentFactory.class)
@SuppressWarnings("rawtypes") // a service is named by its raw type
public final class FileStorageFactory implements ExtensionFactory<FileStorageConfig> {
    @Override
    public ComponentType type() {
        return ComponentType.of("file_storage");
    }

    @Override
    public String summary() {
        return "Gives components a directory each for what is to outlive a restart.";
    }

    @Override
    public FileStorageConfig defaultConfig() {
        return FileStorageConfig.DEFAULT;
    }

    @Override
    public Stability stability() {
        return Stability.ALPHA;
    }

    @Override
    public Extension create(FileStorageConfig config, ComponentContext context) {
        return new FileStorageExtension(config, context);
    }
}
