import ReferenceModel
import Testing

/// The examples that the specification works through, for the model and the product alike.
@Suite struct ModelComparisonExampleTests {
  @Test(arguments: Runner.allCases)
  func theWorkedExampleStaysAtTheThresholdAndRaisesNothing(runner: Runner) throws {
    let figures = try runner.figures([0, 1, 2, 3, 3, 3, 3, 7].map { csv($0) }) {
      $0.threshold = "2"
      $0.window = 3
      $0.lateness = 0
    }
    #expect(figures.alerts.isEmpty)
    #expect(figures.hits == 8)
  }

  @Test(arguments: Runner.allCases)
  func oneMoreHitTriggersAtThreeAndRecoversAtFourWithoutALine(runner: Runner) throws {
    var options = ModelOptions()
    options.threshold = "2"
    options.window = 3
    options.lateness = 0
    let log = [0, 1, 2, 3, 3, 3, 3, 3, 7].map { csv($0) + "\n" }.joined()
    let expected = [
      #"{"event":"start","sources":[{"path":"access.log","format":"csv"}]}"#,
      #"{"event":"alert","rule":"high-traffic","state":"triggered","time":3,"value":2.33,"#
        + #""hits":7,"window":3,"threshold":2,"message":"High traffic generated an alert - "#
        + #"hits = 2.33, triggered at 1970-01-01T00:00:03Z","changes":["#
        + #"{"dimension":"section","name":"/","before":0,"now":2.33},"#
        + #"{"dimension":"client","name":"10.0.0.1","before":0,"now":2.33},"#
        + #"{"dimension":"status","name":"200","before":0,"now":2.33}]}"#,
      #"{"event":"alert","rule":"high-traffic","state":"recovered","time":4,"value":2,"#
        + #""hits":6,"window":3,"threshold":2,"duration":1,"message":"Traffic recovered - "#
        + #"hits = 2.00, recovered at 1970-01-01T00:00:04Z, lasted 1s"}"#,
      #"{"event":"interval","from":0,"to":10,"hits":9,"rate":0.9,"bytes":9,"status":{"1xx":0,"#
        + #""2xx":9,"3xx":0,"4xx":0,"5xx":0,"other":0},"methods":{"GET":9},"sections":["#
        + #"{"name":"/","hits":9,"bytes":9,"client_errors":0,"server_errors":0}],"clients":["#
        + #"{"name":"10.0.0.1","hits":9}],"partial":true,"unique_clients":1}"#,
      #"{"event":"end","lines":9,"hits":9,"late":0,"rejected":{"total":0,"shape":0,"time":0,"#
        + #""status":0,"bytes":0,"oversize":0,"future":0},"ignored":0,"first":0,"last":7}"#,
    ]
    #expect(runner.run(Array(log.utf8), options) == expected.map { $0 + "\n" }.joined())
  }

  @Test(arguments: Runner.allCases)
  func anEmptyInputSaysThatItsFormatIsUnknown(runner: Runner) {
    let expected = [
      #"{"event":"start","sources":[{"path":"access.log","format":null}]}"#,
      #"{"event":"end","lines":0,"hits":0,"late":0,"rejected":{"total":0,"shape":0,"time":0,"#
        + #""status":0,"bytes":0,"oversize":0,"future":0},"ignored":0,"first":null,"last":null}"#,
    ]
    #expect(runner.run([], ModelOptions()) == expected.map { $0 + "\n" }.joined())
  }

  @Test(arguments: Runner.allCases)
  func aRunOfQuietIntervalsIsOneGapBeforeTheNextHit(runner: Runner) throws {
    let figures = try runner.figures([csv(5), csv(12), csv(47)]) { $0.maxJump = 100 }
    let names = figures.events.compactMap { $0["event"] as? String }
    #expect(names == ["start", "interval", "interval", "gap", "interval", "end"])
    #expect(figures.named("gap")[0]["from"] as? Int == 20)
    #expect(figures.named("gap")[0]["to"] as? Int == 40)
  }

  @Test(
    arguments: Runner.allCases,
    [
      (#"10.0.0.1 - - [14/Mar/2026:09:26:53 +0100] "GET /a HTTP/1.1" 200 1"#, "common"),
      (#"10.0.0.1 - - [14/Mar/2026:09:26:53 +0100] "GET /a HTTP/1.1" 200 1 "-" "x""#, "combined"),
      (
        #"a.example:443 ::1 - - [14/Mar/2026:09:26:53 +0100] "GET /a HTTP/1.1" 200 1 "-" "x""#,
        "vcombined"
      ),
      (#""10.0.0.12","-","apache",1773476813,"GET /api/user HTTP/1.0",200,1234"#, "csv"),
      (#"date,status,remotehost"#, "csv"),
      (#"10.0.0.1 - jo doe [14/Mar/2026:09:26:53 +0100] "GET /a HTTP/1.1" 200 1"#, "common"),
    ])
  func theFirstLineThatFitsDecidesTheFormat(runner: Runner, example: (String, String)) throws {
    let figures = try runner.figures(["no log line", example.0, "neither"])
    let sources = try #require(figures.named("start")[0]["sources"] as? [[String: Any]])
    #expect(sources[0]["format"] as? String == example.1)
    #expect(figures.rejected("shape") == 2)
  }

  @Test(
    arguments: Runner.allCases,
    [
      ("GET /api/user?x=1", "/api"), ("GET /report", "/report"), ("GET /", "/"),
      ("GET //a/b", "/a"), ("GET /a?b/c", "/a"), ("GET http://h", "/"),
      ("CONNECT h:443 HTTP/1.1", "(connect)"), ("OPTIONS * HTTP/1.1", "*"),
      ("GET a/b", "(malformed)"), ("GET", "(malformed)"), ("-", "(no request)"),
    ])
  func theSectionIsWhatStandsBeforeTheSecondSlash(
    runner: Runner, example: (String, String)
  ) throws {
    let figures = try runner.figures([combined(request: example.0)])
    #expect(figures.sections == [example.1])
  }
}
