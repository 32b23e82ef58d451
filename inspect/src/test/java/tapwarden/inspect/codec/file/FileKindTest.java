package tapwarden.inspect.codec.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FileKindTest {
  private static @Nullable String hex(String first) {
    byte[] bytes = HexFormat.of().parseHex(first.replace(" ", ""));
    return FileKind.of(bytes, bytes.length);
  }

  private static @Nullable String text(String first) {
    byte[] bytes = first.getBytes(ISO_8859_1);
    return FileKind.of(bytes, bytes.length);
  }

  private static @Nullable String elf(int wide, int order, int type, int machine) {
    ByteBuffer head = ByteBuffer.allocate(64);
    head.put(new byte[] {0x7F, 'E', 'L', 'F', (byte) wide, (byte) order, 1});
    head.order(order == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    head.putShort(16, (short) type).putShort(18, (short) machine);
    return FileKind.of(head.array(), 64);
  }

  /** Machines by number as in the ELF registry (gABI, e_machine). */
  @Test
  void saysForWhichMachineAnElfFileIs() {
    assertThat(elf(1, 2, 2, 8)).isEqualTo("ELF 32-bit MSB executable, MIPS");
    assertThat(elf(1, 1, 2, 40)).isEqualTo("ELF 32-bit LSB executable, ARM");
    assertThat(elf(2, 1, 3, 183)).isEqualTo("ELF 64-bit LSB shared object, ARM aarch64");
    assertThat(elf(2, 1, 2, 62)).isEqualTo("ELF 64-bit LSB executable, x86-64");
    assertThat(elf(1, 1, 1, 42)).isEqualTo("ELF 32-bit LSB relocatable, Renesas SH");
    assertThat(elf(1, 1, 2, 999)).isEqualTo("ELF 32-bit LSB executable, machine 999");
    assertThat(text("\u007FELF")).isEqualTo("ELF");
  }

  private static @Nullable String portable(int at, int machine, int flags, int optional) {
    ByteBuffer head = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
    head.put(new byte[] {'M', 'Z'}).putInt(60, at);
    head.put(at, new byte[] {'P', 'E', 0, 0}).putShort(at + 4, (short) machine);
    head.putShort(at + 22, (short) flags).putShort(at + 24, (short) optional);
    return FileKind.of(head.array(), 512);
  }

  @Test
  void tellsProgramsOfWindowsApart() {
    assertThat(portable(0xF8, 0x14C, 0x102, 0x10B)).isEqualTo("PE32 executable, Intel 80386");
    assertThat(portable(0x80, 0x8664, 0x2022, 0x20B)).isEqualTo("PE32+ executable (DLL), x86-64");
    assertThat(text("MZ\u0090\u0000")).isEqualTo("MS-DOS executable");
    ByteBuffer far = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
    far.put(new byte[] {'M', 'Z'}).putInt(60, -4);
    assertThat(FileKind.of(far.array(), 512)).isEqualTo("MS-DOS executable");
  }

  @Test
  void namesTheInterpreterOfAScript() {
    assertThat(text("#!/bin/sh\nwget x")).isEqualTo("sh script");
    assertThat(text("#! /usr/bin/env python3 -u\r\n")).isEqualTo("python3 script");
    assertThat(text("#!/usr/bin/perl")).isEqualTo("perl script");
    assertThat(text("#!\n..")).isEqualTo("script");
    assertThat(text("<?php echo")).isEqualTo("PHP script");
  }

  @Test
  void tellsClassesFromFatBinariesByTheVersion() {
    assertThat(hex("cafebabe 00000034")).isEqualTo("compiled Java class data");
    assertThat(hex("cafebabe 00000002")).isEqualTo("Mach-O universal binary");
    assertThat(hex("cffaedfe 07000001")).isEqualTo("Mach-O 64-bit executable");
  }

  @Test
  void tellsArchivesByTheirFirstEntry() {
    String empty = "PK\u0003\u0004" + "\0".repeat(26);
    assertThat(text(empty + "META-INF/MANIFEST.MF")).isEqualTo("Java archive data (JAR)");
    assertThat(text(empty + "AndroidManifest.xml")).isEqualTo("Android package (APK)");
    assertThat(text(empty + "a.txt")).isEqualTo("Zip archive data");
    assertThat(text("\0".repeat(257) + "ustar")).isEqualTo("POSIX tar archive");
    assertThat(hex("1f8b0800")).isEqualTo("gzip compressed data");
    assertThat(hex("fd377a585a00")).isEqualTo("XZ compressed data");
    assertThat(hex("377abcaf271c")).isEqualTo("7-zip archive data");
  }

  @Test
  void knowsFirmwareAndDocuments() {
    assertThat(hex("27051956 aaaaaaaa")).isEqualTo("u-boot legacy uImage");
    assertThat(text("hsqs....")).isEqualTo("Squashfs filesystem, little endian");
    assertThat(text("ANDROID!x")).isEqualTo("Android bootimg");
    assertThat(text("dex\n035\0")).isEqualTo("Dalvik dex file");
    assertThat(text("%PDF-1.7")).isEqualTo("PDF document");
    assertThat(hex("89504e470d0a1a0a")).isEqualTo("PNG image data");
    assertThat(text("GIF89a")).isEqualTo("GIF image data");
    assertThat(text(" \r\n<!DOCTYPE html>")).isEqualTo("HTML document");
    assertThat(text("<?xml version")).isEqualTo("XML document");
  }

  @Test
  void saysNothingOfWhatItDoesNotKnow() {
    assertThat(text("")).isNull();
    assertThat(text("M")).isNull();
    assertThat(text("hello")).isNull();
    assertThat(hex("ca fe")).isNull();
  }
}
