package dev.sluice.engine.config;

import org.jspecify.annotations.Nullable;

/** Fetches the text behind one URI scheme. May block: configurations are read before anything runs. */
@FunctionalInterface
public interface ConfigProvider {
    /**
     * @param opaque what stands behind {@code scheme:}
     * @return null if there is nothing of that name and that is not an error
     */
    @Nullable
    String retrieve(String opaque) throws ProviderException;

    /** Not to be had; the message says why. */
    final class ProviderException extends Exception {
        private static final long serialVersionUID = 1;

        public ProviderException(String message) {
            super(message);
        }
    }
}
