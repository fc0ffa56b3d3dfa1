import AccessLog
import Glibc
import Messages
import Testing

/// Every failure of a log, and what becomes of one, in the words that people read.
@Suite struct InputTextTests {
  @Test(
    arguments: [
      (.system(code: ENOENT), "No such file or directory", "--follow waits for it to appear"),
      (
        .system(code: EACCES), "Permission denied",
        "logs are often readable only by root and the group adm"
      ),
      (.system(code: EMFILE), "Too many open files", "raise the limit with ulimit -n"),
      (.system(code: EIO), "Input/output error", nil),
      (.directory, "not a readable log: directory", "name a file in it"),
      (.socket, "not a readable log: socket", nil), (.device, "not a readable log: device", nil),
      (.notRegular, "not a readable log: not a regular file", nil),
      (.compressed(.gzip), "is gzip-compressed; pipe it through zcat", nil),
      (.compressed(.bzip2), "is bzip2-compressed; pipe it through bzcat", nil),
      (.compressed(.xz), "is xz-compressed; pipe it through xzcat", nil),
      (.compressed(.zstd), "is zstd-compressed; pipe it through zstdcat", nil),
      (.utf16, "looks like UTF-16; convert it with iconv -f UTF-16 -t UTF-8", nil),
      (
        .truncated(remaining: 3, of: 12), "was cut short while it was read: 3 of 12 bytes are left",
        "read the rotated file or a copy"
      ),
      (.overwritten, "was overwritten while it was read", "read the rotated file or a copy"),
    ] as [(InputFailure, String, String?)])
  func aFailureSaysWhyAndWhatToTry(failure: InputFailure, reason: String, remedy: String?) {
    #expect(failure.reason == reason)
    #expect(failure.remedy == remedy)
    let message = remedy.map { "\(reason); \($0)" } ?? reason
    #expect(failure.message == message)
    #expect(Notice.input(.unreadable(failure)).text.text == message)
    #expect(Notice.input(.retrying(failure)).text.text == "\(reason); trying again")
  }

  @Test(
    arguments: [
      (.gzip, .unexpectedEnd, "unexpected end of gzip; copy it again, or wait until it is written"),
      (.zstd, .unexpectedEnd, "unexpected end of zstd; copy it again, or wait until it is written"),
      (.xz, .unexpectedEnd, "unexpected end of xz; copy it again, or wait until it is written"),
      (
        .bzip2, .unexpectedEnd,
        "unexpected end of bzip2; copy it again, or wait until it is written"
      ),
      (.gzip, .checksumMismatch, "crc mismatch in gzip; check it with gzip -t"),
      (.zstd, .checksumMismatch, "checksum mismatch in zstd; check it with zstd -t"),
      (.gzip, .invalidData, "damaged gzip data; check it with gzip -t"),
      (.bzip2, .invalidData, "damaged bzip2 data; check it with bzip2 -t"),
      (.gzip, .trailingGarbage, "trailing garbage after gzip data; check it with gzip -t"),
      (
        .zstd, .unsupported,
        "unsupported kind of zstd; decompress it with the program that wrote it"
      ),
      (.xz, .excessiveMemory, "needs too much memory to be decompressed; pipe it through xzcat"),
      (
        .zstd, .excessiveMemory,
        "needs too much memory to be decompressed; pipe it through zstdcat --long=31"
      ),
    ] as [(Compression, DecompressionFault, String)])
  func aFaultOfACompressedLogSaysWhatToTry(
    method: Compression, fault: DecompressionFault, message: String
  ) {
    #expect(InputFailure.undecodable(method, fault).message == message)
  }

  @Test(
    arguments: [
      (.reopened(code: ESTALE, offset: 12), "Stale file handle, reopened at byte 12"),
      (
        .watchUnavailable(code: ENOSPC),
        "file change notifications are unavailable (No space left on device), checking the log four times a second"
      ),
      (.tailTruncated, "the requested last lines are more than can be kept; starting with fewer"),
      (.unreadFiles(1), "1 rotated file disappeared unread"),
      (.unreadFiles(1200), "1200 rotated files disappeared unread"),
      (
        .replacedWhileRead,
        "was replaced while it was read; the figures are those of the old file"
      ),
      (.removedWhileRead, "was removed while it was read, but was read to its end"),
      (.rotated, "rotated, reading the new file too"),
      (.truncated, "truncated, reading it from the beginning"),
      (.truncations(2), "truncated and read from the beginning: 2 times"),
      (.replacedByCopy, "replaced by a copy of itself, continuing after what was already read"),
      (.waiting, "waiting for it to appear"), (.following, "following it"),
      (
        .history(InputHistory(rotations: 1, truncations: 2, replacements: 3, unreadFiles: 4)),
        "1 rotation, 2 truncations, 3 replacements by a copy of itself, "
          + "4 rotated files disappeared unread"
      ),
    ] as [(InputNotice, String)])
  func inputNoticesAreSentences(notice: InputNotice, words: String) {
    #expect(Notice.input(notice).text.text == words)
  }

  @Test func numbersAreWrittenAsTheOutputWritesThem() {
    let time: (EpochSecond) -> String = { "second \($0.value)" }
    let number: (Int) -> String = { Wording.grouped($0) }
    let aside = Notice.setAside(records: 1000, ordinary: 20_000, earliest: EpochSecond(7))
    #expect(
      aside.text(time: time, number: number).text
        == "1,000 records set aside, 20,000 in order since: time leaps ahead to second 7")
    #expect(
      Notice.input(.unreadFiles(1200)).text(time: time, number: number).text
        == "1,200 rotated files disappeared unread")
  }

  @Test func rejectedLinesAreNamedAndCounted() {
    let line = RejectedLine(number: 12, rejection: .bytes, excerpt: Array("a\u{1B}b".utf8))
    #expect(
      Notice.rejectedLine(line).text.text
        == "line 12: rejected, bytes: not a number from 0 to 9223372036854775807: a\\x1Bb")
  }

  @Test func aSourceIsDescribedByItsFormatAndWhatCannotBeRead() {
    var source = SourceSummary(path: Name("a"), format: "combined")
    source.lines = 1
    #expect(Notice.source(source).text.text == "format combined; 0 of 1 line rejected")
    source.wrappers = [.compose, .syslog]
    source.names = 3
    source.lines = 4831
    source.rejected[.shape] = 8
    source.rejected[.time] = 4
    #expect(
      Notice.source(source).text.text
        == "format combined in docker compose, syslog (3 names); 12 of 4831 lines rejected, 0.2 % (8 shape, 4 time)"
    )
    source = SourceSummary(path: Name("a"), format: nil)
    source.lines = 7
    source.rejected[.shape] = 7
    #expect(
      Notice.source(source).text.text
        == "format unknown; 7 of 7 lines rejected, 100.0 % (shape)")
  }
}
