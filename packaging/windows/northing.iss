; Inno Setup 6: a setup program for one user, without administrator's rights. Not run here.
;
;   ISCC /DVersion=0.1.0 packaging\windows\northing.iss        (after python packaging\build.py)
#ifndef Version
  #error Say the version: ISCC /DVersion=…
#endif

[Setup]
AppId={{6B0D5E0C-3B5A-4C42-9D0C-7A0F6E8E2D11}
AppName=Northing
AppVersion={#Version}
AppVerName=Northing {#Version}
AppPublisher=The Northing authors
VersionInfoVersion={#Version}
PrivilegesRequired=lowest
DefaultDirName={autopf}\Northing
DisableProgramGroupPage=yes
DisableDirPage=auto
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\..\LICENSE
SetupIconFile=..\..\build\northing.ico
UninstallDisplayIcon={app}\northing.exe
OutputDir=..\..\dist
OutputBaseFilename=Northing-{#Version}-setup
Compression=lzma2/max
SolidCompression=yes
ChangesAssociations=yes
CloseApplications=yes
RestartApplications=no
WizardStyle=modern

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked

[InstallDelete]
; what an older version brought and this one does not
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\dist\northing\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\Northing"; Filename: "{app}\northing.exe"; AppUserModelID: "org.northing.Northing"
Name: "{autodesktop}\Northing"; Filename: "{app}\northing.exe"; AppUserModelID: "org.northing.Northing"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.northing"; ValueType: string; ValueName: ""; ValueData: "Northing.Journal"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\Northing.Journal"; ValueType: string; ValueName: ""; ValueData: "Northing journal"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Northing.Journal\DefaultIcon"; ValueType: string; ValueName: ""; ValueData: "{app}\northing.exe,0"
Root: HKA; Subkey: "Software\Classes\Northing.Journal\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\northing.exe"" ""%1"""
; the program makes this value when it is asked to start with the computer; it goes with the program
Root: HKCU; Subkey: "Software\Microsoft\Windows\CurrentVersion\Run"; ValueType: none; ValueName: "Northing"; Flags: dontcreatekey uninsdeletevalue

[Run]
Filename: "{app}\northing.exe"; Description: "{cm:LaunchProgram,Northing}"; Flags: nowait postinstall skipifsilent

; Journals, backups and choices lie in the user's own folders; nothing here removes them.
