/** The extension {@code file_storage}: directories for what is to outlive the process. */
@org.jspecify.annotations.NullMarked
package dev.sluice.extensions.filestorage;
