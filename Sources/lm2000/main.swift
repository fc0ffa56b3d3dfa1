import MonitorApp

Program.main()
