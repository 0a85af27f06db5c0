package dev.rekey.storage;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Changes of files that are whole or not there, and that have reached the disk when a method
 * returns.
 */
final class Disk {
  private static final String UNFINISHED = ".unfinished";

  /** Windows can't open a folder to flush it. */
  private static final boolean FOLDERS_CAN_BE_FLUSHED = File.separatorChar == '/';

  private Disk() {}

  static String read(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException damaged) {
      throw new DamagedFile(file);
    }
  }

  static void createFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      flushFolder(parent(folder));
    }
  }

  /**
   * Puts a new content in the place of a file by a rename, so that a crash leaves the old one or
   * the new one.
   */
  static void replace(Path file, String content) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    flushFolder(parent(file));
  }

  static void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
    flushFolder(parent(file));
  }

  /** Without this a crash of the machine can undo a rename that the program has seen. */
  private static void flushFolder(Path folder) throws IOException {
    if (FOLDERS_CAN_BE_FLUSHED) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static Path parent(Path file) throws IOException {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IOException("no parent folder: " + file);
    }
    return parent;
  }
}
