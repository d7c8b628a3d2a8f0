package dev.sluice.slo.rules;

import dev.sluice.api.Storage;
import java.nio.file.Path;

/** A storage with one directory, which everybody gets. */
record Folder(Path path) implements Storage, Storage.Directory {
    @Override
    public Directory open(String owner) {
        return this;
    }

    @Override
    public void close() {}
}
